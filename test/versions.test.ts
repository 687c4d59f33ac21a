import { describe, expect, it } from 'vitest';
import { summariseCase } from '../src/core/case-summary.js';
import { screeningIdSchema } from '../src/core/ids.js';
import {
  findStartable,
  type Knowledge,
  newestScript,
  scriptOf,
  startableScripts,
} from '../src/core/knowledge.js';
import { replay } from '../src/core/replay.js';
import { type Script, scriptSchema } from '../src/core/script.js';
import { whoeverIsOnIt } from '../src/flows/may-work-on.js';
import { findView } from '../src/flows/screening-view.js';
import { makeStartScreening } from '../src/flows/start-screening.js';
import {
  aKnowledge,
  anna,
  aQuestion,
  aRecord,
  aReply,
  aScreening,
  aScript,
  aTime,
  eventsOf,
  today,
} from './builders.js';
import { makeFakeScreenings } from './fakes.js';
import { loadReal, walkedScreening } from './real-knowledge.js';

/** A released version stays what it was: what began with it stands and reads the same after the next is added. */

const real = await loadReal();
const version = (name: string, number: number): Script => {
  const script = scriptOf(real, name, number);
  if (!script) throw new Error(`looking for ${name} version ${number}: there is none`);
  return script;
};

const firstQuestion = aQuestion({
  id: 'QA01',
  flags: [{ level: 'amber', on: ['yes'], about: 'said it happened before' }],
});
const laterOnly = aQuestion({ id: 'QA02', when: { question: 'QA01', is: ['yes'] } });
const old = aScript([firstQuestion, laterOnly, aQuestion({ id: 'QA03', type: 'FT' })]);
/** Asks other things, in another order and under other conditions. */
const next = aScript(
  [
    aQuestion({ id: 'QB01', type: 'FT' }),
    aQuestion({ id: 'QA02', ask: 'Was it yesterday?' }),
    aQuestion({
      id: 'QA01',
      ask: 'Is it new?',
      flags: [{ level: 'note', on: ['yes'], about: 'said it is new' }],
      feeds: { statement: 'S8', line: 'New: {answer}.', cites: ['cop-inv key points'] },
    }),
  ],
  { version: 2 },
);

/** A version after the newest of a script: its questions turned about, each in other words. */
function turnedAbout(script: Script): Script {
  const questions = script.questions
    .map(({ when: _when, ...question }) => ({
      ...question,
      ask: `Now: ${question.ask}`.slice(0, 60),
      flags: [],
      feeds: { ...question.feeds, line: 'Changed: {answer}.' },
      // Choices of yes-no questions are put back when the file is read.
      choices: question.type === 'YN' || question.type === 'YNU' ? [] : question.choices,
    }))
    .reverse();
  return scriptSchema.parse({ ...script, version: script.version + 1, questions, indications: [] });
}

function seenWith(knowledge: Knowledge, script: Script, events = eventsOf()) {
  const screening = aScreening({ script: script.name, version: script.version, events });
  const own = scriptOf(knowledge, screening.script, screening.version);
  if (!own) throw new Error(`looking for ${script.name}: its version is gone`);
  const { sources, version: knowledgeVersion } = knowledge;
  return {
    position: replay(own, events),
    summary: summariseCase(screening.caseRef, [{ script: own, screening }], {
      sources,
      knowledgeVersion,
      on: today,
      names: new Map([[anna, 'PC Example']]),
      instruments: [],
      readImport: () => ({ rows: [], remarks: [] }),
    }),
  };
}

describe('a screening begun with version 1', () => {
  const said = eventsOf(aReply('QA01', 'yes'), aReply('QA02', 'unsure'));

  it('stands and reads the same after version 2, with other questions, is added', () => {
    const before = seenWith(aKnowledge({ scripts: [old] }), old, said);
    expect(before.position.at?.id).toBe('QA03');
    expect(before.summary.screenings.map((one) => one.version)).toEqual([1]);
    for (const scripts of [
      [old, next],
      [next, old],
    ])
      expect(seenWith(aKnowledge({ scripts }), old, said)).toEqual(before);
  });

  it('would not under version 2, so that keeping its own matters', () => {
    const own = seenWith(aKnowledge({ scripts: [old, next] }), old, said);
    const other = seenWith(aKnowledge({ scripts: [old, next] }), next, said);
    expect(other.position.at?.id).toBe('QB01');
    expect(other.position.flags.map(({ level }) => level)).toEqual(['note']);
    expect(own.position.flags.map(({ level }) => level)).toEqual(['amber']);
    expect(other.summary.sections).not.toEqual(own.summary.sections);
  });

  it('keeps version 1 in its view, with the answers it was given', async () => {
    const screenings = makeFakeScreenings();
    const { id, caseId, caseRef, startedAt } = aScreening();
    const begun = { id, caseId, caseRef, startedAt, startedBy: anna, activityId: 'start-1' };
    await screenings.start({ ...begun, script: old.name, version: 1 });
    for (const save of said) await screenings.change(id, () => ({ save, result: undefined }));
    const seen = async (scripts: readonly Script[]) => {
      const view = await findView(aKnowledge({ scripts }), screenings, id, anna, whoeverIsOnIt);
      return view && { script: view.script, position: view.position };
    };
    const before = await seen([old]);
    expect(before?.script).toBe(old);
    expect(await seen([next, old])).toEqual(before);
  });
});

describe('a screening begun now', () => {
  const knowledge = aKnowledge({ scripts: [old, next, { ...next, version: 3, status: 'draft' }] });

  it('takes the newest released version, in every list of what can be begun', () => {
    expect(newestScript(knowledge, 'test-script')).toBe(next);
    expect(findStartable(knowledge, 'test-script', today)).toEqual({
      kind: 'script',
      script: next,
    });
    expect(startableScripts(knowledge, today)).toEqual([next]);
    expect(scriptOf(knowledge, 'test-script', 1)).toBe(old);
  });

  it('is begun with version 2', async () => {
    const screenings = makeFakeScreenings();
    const { id, caseId, caseRef } = aScreening();
    const start = makeStartScreening(knowledge, screenings, () => new Date(aTime), {
      screening: () => id,
      case: () => caseId,
      caseRef: () => caseRef,
    });
    await start({ script: 'test-script', by: anna, activityId: 'press-1' });
    expect((await screenings.find(screeningIdSchema.parse(id)))?.version).toBe(2);
  });
});

describe.each([
  ['first-contact', 'FC20'],
  ['identification', 'SI14'],
])('the released versions of %s', (name, last) => {
  const first = version(name, 1);
  const second = version(name, 2);
  const whole = walkedScreening(first, { FC01: 'no', SI06a: 'yes' }).events;

  it('leave a screening of version 1 as it was, whole or broken off, whatever else is there', () => {
    const alone = { ...real, scripts: [first] };
    const later = { ...real, scripts: [...real.scripts, turnedAbout(second)] };
    expect(newestScript(later, name)?.version).toBe(3);
    expect(whole.length).toBeGreaterThan(18);
    for (const events of [whole, whole.slice(0, 7), []]) {
      const before = seenWith(alone, first, events);
      expect(seenWith(real, first, events)).toEqual(before);
      expect(seenWith(later, first, events)).toEqual(before);
    }
  });

  it('have the last question of version 1, and a new screening takes version 2', () => {
    expect(first.questions.map(({ id }): string => id)).toContain(last);
    expect(newestScript(real, name)).toBe(second);
  });

  it('leave a screening of version 2 as it was when version 3 is added', () => {
    const { events } = walkedScreening(second, {
      FC01: 'no',
      SI06a: 'yes',
      SI06a2: { kind: 'listed', count: 0 },
    });
    const told = name === 'identification' ? [aRecord('SI06a2', 'He followed me home')] : [];
    const all = eventsOf(...events.map(({ act }) => act), ...told);
    const later = { ...real, scripts: [turnedAbout(second), ...real.scripts] };
    const before = seenWith(real, second, all);
    expect(seenWith(later, second, all)).toEqual(before);
    expect(before.summary.screenings.map((one) => one.version)).toEqual([2]);
  });
});
