import type { z } from 'zod';
import type { SummaryContext } from '../src/core/case-summary.js';
import { type Cue, cuesSchema } from '../src/core/cues.js';
import {
  type CaseId,
  passageIdSchema,
  type QuestionId,
  questionIdSchema,
  type ScreeningId,
  sourceIdSchema,
  type UserId,
  userIdSchema,
} from '../src/core/ids.js';
import type { Knowledge } from '../src/core/knowledge.js';
import { markKinds } from '../src/core/narrative-rules.js';
import type { Passage, Source } from '../src/core/passage.js';
import { unreachable } from '../src/core/reachable.js';
import type { Value } from '../src/core/reply.js';
import type { Hit } from '../src/core/retrieval.js';
import type { Act, Move, RecordFields, Screening, ScreeningEvent } from '../src/core/screening.js';
import { conditionSchema, type Question, type Script, scriptSchema } from '../src/core/script.js';

/** Plain values for tests. Each default stands here once; a test mentions only what it is about. */

export type ScriptInput = z.input<typeof scriptSchema>;
export type QuestionInput = ScriptInput['questions'][number];

export const today = '2026-11-20';
export const aTime = '2026-11-20T14:05:00.000Z';
export const anna: UserId = userIdSchema.parse('anna');
export const ben: UserId = userIdSchema.parse('ben');

export function questionId(id: string): QuestionId {
  return questionIdSchema.parse(id);
}

/** As it stands in a script's file. */
export function aQuestion(given: Partial<QuestionInput> = {}): QuestionInput {
  return {
    id: 'QA01',
    ask: 'Has it happened before?',
    type: 'YNU',
    why: { text: 'History matters.', cites: ['cop-inv key points'] },
    feeds: { statement: 'S3', line: 'Before: {answer}.', cites: ['cop-inv key points'] },
    ...given,
  };
}

/** A question that takes records: what happened, when, and of which kinds. */
export function aCard(given: Partial<QuestionInput> = {}): QuestionInput {
  return aQuestion({
    id: 'QC01',
    ask: 'What has happened?',
    type: 'CARD',
    fields: [
      { id: 'what', label: 'What happened', type: 'FT' },
      { id: 'when', label: 'When', type: 'DT' },
      {
        id: 'kinds',
        label: 'Kinds',
        type: 'MS',
        choices: [
          { value: 'calls', label: 'Calls' },
          { value: 'gifts', label: 'Gifts left' },
        ],
      },
    ],
    feeds: { statement: 'S3', line: 'Incident: {answer}.', cites: ['cop-inv key points'] },
    ...given,
  });
}

/** A script's file; `scriptSchema` has not seen it yet. */
export function aScriptFile(given: Partial<ScriptInput> = {}): ScriptInput {
  return {
    name: 'test-script',
    version: 1,
    status: 'released',
    title: 'A script',
    purpose: 'For tests, and for nothing else.',
    opening: 'Thank you.',
    checkedOn: today,
    messages: { 'IDM-1': { text: 'Stop.' } },
    questions: [aQuestion()],
    ending: 'This is a prompt.',
    minimum: [given.questions?.[0]?.id ?? 'QA01'],
    ...given,
  };
}

export function aScript(
  questions: readonly QuestionInput[],
  given: Partial<ScriptInput> = {},
): Script {
  return scriptSchema.parse(aScriptFile({ questions: [...questions], ...given }));
}

/** Random questions, each asked under its condition unless no replies could meet it. */
export function withoutUnreachable(questions: readonly QuestionInput[]): readonly QuestionInput[] {
  const asked = questions.map(({ id, type, when }) => ({
    id: questionId(id),
    type,
    ...(when === undefined ? {} : { when: conditionSchema.parse(when) }),
  }));
  const [first] = unreachable(asked);
  if (first === undefined) return questions;
  return withoutUnreachable(
    questions.map((question) => {
      const { when: _, ...always } = question;
      return question.id === first ? always : question;
    }),
  );
}

/** The question of that id as a parsed script holds it. */
export function questionOf(script: Script, id: string): Question {
  const question = script.questions.find((candidate) => candidate.id === id);
  if (!question) throw new Error(`looking for question ${id} in ${script.name}: there is none`);
  return question;
}

export function choice(name: string): Value {
  return { kind: 'choice', choice: name };
}

export function choices(...names: readonly string[]): Value {
  return { kind: 'choices', choices: [...names] };
}

export function aReply(question: string, value: Value | string): Act {
  return {
    kind: 'reply',
    question: questionId(question),
    value: typeof value === 'string' ? choice(value) : value,
  };
}

/** A record added to a `CARD` question, or with `number` put in the place of an earlier one's fields. */
export function aRecord(question: string, fields: RecordFields | string, number?: number): Act {
  return {
    kind: 'record',
    question: questionId(question),
    ...(number === undefined ? {} : { number }),
    fields: typeof fields === 'string' ? { what: { kind: 'text', text: fields } } : fields,
  };
}

/** The list of a `CARD` question is complete; what it counts is worked out from its records. */
export function theList(question: string): Act {
  return aReply(question, { kind: 'listed', count: 0 });
}

export function anEvent(given: Partial<ScreeningEvent> = {}): ScreeningEvent {
  const seq = given.seq ?? 1;
  return {
    seq,
    at: aTime,
    by: anna,
    client: 'card',
    activityId: `activity-${seq}`,
    act: aReply('QA01', 'yes'),
    ...given,
  };
}

/** One event an act, numbered from 1. */
export function eventsOf(...acts: readonly Act[]): readonly ScreeningEvent[] {
  return acts.map((act, i) => anEvent({ seq: i + 1, act }));
}

export function aScreening(given: Partial<Screening> = {}): Screening {
  return {
    id: '00000000-0000-4000-8000-000000000001' as ScreeningId,
    caseId: '00000000-0000-4000-8000-000000000002' as CaseId,
    caseRef: 'SP-4K7Q-2M',
    script: 'test-script',
    version: 1,
    startedBy: anna,
    startedAt: aTime,
    people: [given.startedBy ?? anna],
    barred: [],
    isFollowOn: false,
    events: [],
    ...given,
  };
}

/** A move on a screening by somebody who has seen all of it. */
export function aMove(screening: Screening, act: Move['act'], given: Partial<Move> = {}): Move {
  const seen = screening.events.length;
  return { by: anna, client: 'card', activityId: `activity-${seen + 1}`, seen, act, ...given };
}

/** What a summary of the test's own scripts needs beside the replies. */
export function aSummaryContext(given: Partial<SummaryContext> = {}): SummaryContext {
  return {
    sources: new Map([[aSource().id, aSource()]]),
    knowledgeVersion: 'abc123',
    on: today,
    names: new Map([[anna, 'PC Anna Example']]),
    instruments: [],
    readImport: () => ({ rows: [], remarks: [] }),
    ...given,
  };
}

export function aSource(given: Partial<Source> = {}): Source {
  return {
    id: sourceIdSchema.parse('cop-inv'),
    publisher: 'College of Policing',
    title: 'Advice for investigators',
    url: 'https://www.college.police.uk/advice',
    edition: '2019',
    licence: 'NC-College',
    checkedOn: today,
    verified: 'Made up for tests',
    ...given,
  };
}

export function aPassage(given: Partial<Passage> = {}): Passage {
  return {
    id: passageIdSchema.parse('a-passage'),
    topic: 'a-topic',
    article: 'An article',
    heading: 'What is a passage?',
    asks: ['what is a passage', 'passages explained', 'meaning of passage'],
    audience: ['officer'],
    jurisdiction: 'England and Wales',
    status: 'published',
    inForce: { from: null, to: null },
    checkedOn: today,
    reviewBy: '2027-05-20',
    blocks: [
      {
        lead: [
          {
            text: 'A passage holds one idea.',
            marks: [{ source: aSource().id, locator: 'key points' }],
          },
        ],
        items: [],
      },
    ],
    ...given,
  };
}

/** A passage with one block a list of sentences, each on the same source. */
export function aPassageOf(
  id: string,
  blocks: readonly (readonly string[])[],
  given: Partial<Passage> = {},
): Passage {
  const marks = [{ source: aSource().id, locator: 'key points' }];
  return aPassage({
    id: passageIdSchema.parse(id),
    heading: `About ${id}`,
    blocks: blocks.map((sentences) => ({
      lead: sentences.map((text) => ({ text, marks })),
      items: [],
    })),
    ...given,
  });
}

/** A cue that is found by one plain word. */
export function aCue(word: string, shows: readonly string[] = []): Cue {
  const cue = {
    id: `cue-${word}`,
    shows: [...shows],
    patterns: [`\\b${word}\\b`],
    catches: ['', 'a ', 'the ', 'one ', 'two ', 'three '].map((before) => `${before}${word}`),
    passes: ['north', 'east', 'south', 'west'],
  };
  const set = cuesSchema.parse({ words: {}, danger: [cue], premises: [cue], refusals: [cue] });
  const [parsed] = set.danger;
  if (!parsed) throw new Error('parsing a cue: it is gone');
  return parsed;
}

/** Found as surely as can be, unless said otherwise. */
export function aHit(
  passage: Passage,
  given: Partial<Hit<Passage['id']>> = {},
): Hit<Passage['id']> {
  return {
    id: passage.id,
    score: 40,
    coverage: 1,
    likeness: 1,
    answerability: 40,
    missing: [],
    ...given,
  };
}

/**
 * Knowledge of these passages. Its search finds all of them, surely and in this order, so that a test says
 * what was found and does not depend on the ranking.
 */
export function aKnowledge({
  passages = [],
  ...given
}: Partial<Omit<Knowledge, 'passages'>> & {
  readonly passages?: readonly Passage[];
} = {}): Knowledge {
  return {
    version: 'abc123',
    sources: new Map([[aSource().id, aSource()]]),
    passages: new Map(passages.map((passage) => [passage.id, passage])),
    terms: [],
    findGround: () => 'inside',
    cues: { danger: [], premises: [], refusals: [] },
    neverAdvise: [],
    narrative: noNarrativeRules,
    scripts: [],
    search: () => passages.map((passage) => aHit(passage)),
    unapproved: [],
    ...given,
  };
}

/** Rules that mark nothing. */
const noNarrativeRules: Knowledge['narrative'] = {
  provisions: Object.fromEntries(
    markKinds.map((kind) => [kind, { passage: aPassage().id, quote: 'nothing' }]),
  ) as Knowledge['narrative']['provisions'],
  oneIncident: aPassage().id,
  marks: [],
  questions: [],
};

/** The limits that hold where nothing is set. */
export const owedTimings = { tellWithin: 1, referWithin: 2, updateEvery: null } as const;
