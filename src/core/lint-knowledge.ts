import { addMonths } from './days.js';
import type { Day } from './ids.js';
import type { Knowledge } from './knowledge.js';
import { duplicateFindings } from './lint-duplicates.js';
import { beginningOf, type Finding, fault, warning } from './lint-finding.js';
import { numberFindings } from './lint-numbers.js';
import {
  isOverdue,
  type Passage,
  parseMark,
  type Source,
  statementsOf,
  textOf,
} from './passage.js';
import { readingGrade } from './reading-age.js';
import { makeIsSafe } from './safe-block.js';

/**
 * What a curator should look at before the knowledge is used: beyond what stops it from loading, faults are what may
 * not ship and warnings are what a person judges. Whether a statement is true, and whether its source says so, no
 * rule can tell.
 */

/** Words of a passage: one idea fits in them (knowledge/README.md). */
const fewestWords = 40;
const mostWords = 160;

/** Grade of school year 12, about the age of 17: what our own passages stay below but for a few. */
const hardestGrade = 12;

/** Longest time between a check and its review. */
const reviewMonths = 12;

/** Everything the lint finds on a day, faults first. Retired passages are not looked at, drafts only for their dates. */
export function lintKnowledge(knowledge: Knowledge, today: Day): readonly Finding[] {
  const passages = [...knowledge.passages.values()];
  const published = passages.filter(({ status }) => status === 'published');
  const findings = [
    ...passages.filter(({ status }) => status !== 'retired').flatMap((one) => datesOf(one, today)),
    ...[...knowledge.sources.values()].flatMap((source) => sourceDates(source, today)),
    ...wordingFindings(knowledge, published),
    ...citeFindings(knowledge),
    ...published.flatMap(lengthFindings),
    ...published.flatMap(readingFindings),
    ...duplicateFindings(published),
    ...numberFindings(published),
  ];
  return findings.toSorted((a, b) => Number(a.level === 'warning') - Number(b.level === 'warning'));
}

function datesOf(passage: Passage, today: Day): readonly Finding[] {
  const { id, checkedOn, reviewBy, inForce, status } = passage;
  const at = `passage ${id}`;
  const { from, to } = inForce;
  return [
    ...(checkedOn > today ? [fault(at, `checkedOn ${checkedOn} has not come yet`)] : []),
    ...(reviewBy <= checkedOn ? [fault(at, `reviewBy ${reviewBy} is not after checkedOn`)] : []),
    ...(from !== null && to !== null && from > to
      ? [fault(at, `inForce ends (${to}) before it begins (${from})`)]
      : []),
    ...(reviewBy > addMonths(checkedOn, reviewMonths)
      ? [warning(at, `reviewBy ${reviewBy} is more than ${reviewMonths} months after checkedOn`)]
      : []),
    ...(status === 'published' && isOverdue(passage, today)
      ? [warning(at, `was due for review on ${reviewBy}`)]
      : []),
    ...(status === 'published' && to !== null && to < today
      ? [warning(at, `ended on ${to}: retire it and name its successor`)]
      : []),
  ];
}

function sourceDates({ id, checkedOn }: Source, today: Day): readonly Finding[] {
  if (checkedOn <= today) return [];
  return [fault(`source ${id}`, `checkedOn ${checkedOn} has not come yet`)];
}

/** A block that holds words never to send is withheld, so that its passage has a gap nobody sees. */
function wordingFindings(
  { neverAdvise }: Knowledge,
  published: readonly Passage[],
): readonly Finding[] {
  const isSafe = makeIsSafe(neverAdvise);
  return published.flatMap(({ id, blocks }) =>
    blocks
      .filter((block) => !isSafe(block))
      .map((block) => {
        const words = beginningOf(statementsOf(block)[0]?.text ?? '');
        return fault(`passage ${id}`, `holds words of never-advise.yaml, unguarded: "${words}"`);
      }),
  );
}

/** Places outside articles and scripts, whose own cites stop the load, that name a source nobody has. */
function citeFindings({ neverAdvise, sources }: Knowledge): readonly Finding[] {
  return neverAdvise.flatMap(({ id, cites }) =>
    cites.flatMap((cite) => {
      const source = parseMark(cite)?.source;
      if (source && sources.has(source)) return [];
      return [fault(`never-advise.yaml, ${id}`, `source ${source ?? '?'} is not in sources.yaml`)];
    }),
  );
}

function lengthFindings(passage: Passage): readonly Finding[] {
  const words = wordCount(passage);
  if (words >= fewestWords && words <= mostWords) return [];
  return [
    warning(`passage ${passage.id}`, `has ${words} words, not ${fewestWords} to ${mostWords}`),
  ];
}

function readingFindings(passage: Passage): readonly Finding[] {
  const grade = readingGrade(textOf(passage));
  if (grade <= hardestGrade) return [];
  return [
    warning(
      `passage ${passage.id}`,
      `is hard to read: grade ${grade.toFixed(1)}, over ${hardestGrade}; shorter sentences and plainer words help`,
    ),
  ];
}

/** Words as they stand between spaces. */
export function wordCount(passage: Passage): number {
  return textOf(passage).split(/\s+/).filter(Boolean).length;
}
