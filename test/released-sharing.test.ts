import { beforeAll, describe, expect, it } from 'vitest';
import type { Knowledge } from '../src/core/knowledge.js';
import { currentScripts } from '../src/core/knowledge.js';
import { keptBack, shownParts } from '../src/core/shared-review.js';
import { loadReal } from './real-knowledge.js';

/** The rules of what an advocate is shown, against the questions of the released scripts. */

let knowledge: Knowledge;
beforeAll(async () => {
  knowledge = await loadReal();
});

const fed = () =>
  currentScripts(knowledge).flatMap(({ questions }) =>
    questions.flatMap(({ id, feeds }) => (feeds ? [{ id: id as string, ...feeds }] : [])),
  );
const held = keptBack.flatMap(({ questions }) => questions);

describe('what is shared of the released scripts', () => {
  it('names only questions that there are, and none twice', () => {
    const named = [...Object.values(shownParts).flatMap(({ questions }) => questions), ...held];
    const known = new Set(fed().map(({ id }) => id));
    expect(named.filter((id) => !known.has(id))).toEqual([]);
    expect(new Set(named).size).toBe(named.length);
  });

  it('holds back every line of a shared section that is about supervisors, assessments or limits', () => {
    const shared = Object.values(shownParts).flatMap(({ sections }) => sections);
    const between = fed().filter(
      ({ statement, line }) =>
        shared.includes(statement) && /supervisor|assessment|not to be passed on/i.test(line),
    );
    expect(between.length).toBeGreaterThan(7);
    expect(between.filter(({ id }) => !held.includes(id))).toEqual([]);
  });
});
