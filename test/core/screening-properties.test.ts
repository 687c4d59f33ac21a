import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type UserId, userIdSchema } from '../../src/core/ids.js';
import { replay } from '../../src/core/replay.js';
import { notAskedReasonSchema, type Value } from '../../src/core/reply.js';
import type {
  Act,
  Flag,
  HeldAnswers,
  Move,
  Position,
  Screening,
  ScreeningEvent,
  Stop,
} from '../../src/core/screening.js';
import { progressOf } from '../../src/core/screening.js';
import type { Condition, Question, Script } from '../../src/core/script.js';
import { step } from '../../src/core/step.js';
import {
  anna,
  aQuestion,
  aScreening,
  aScript,
  aTime,
  choice,
  choices,
  type QuestionInput,
  questionId,
  withoutUnreachable,
} from '../builders.js';

/**
 * What holds of every script that can be loaded, however it is walked. Scripts and walks are made up at random; the
 * walks are of two people who press what they should and what they should not, on new cards and old. What a position
 * ought to be is worked out here a second time, from the definition and not the way the engine does it.
 *
 * Over 200 lines, because the scripts, the walks and what is asked of them are only understood together.
 */

const ben = userIdSchema.parse('ben');
const absentNames = ['not-known', 'declined', 'not-asked'];

// Scripts.

type Shape = Pick<QuestionInput, 'type' | 'choices'>;

const some = (...values: readonly string[]) => values.map((value) => ({ value, label: value }));
const shapes = fc.constantFrom<Shape>(
  { type: 'YN' },
  { type: 'YNU' },
  { type: 'YNU' },
  { type: 'MC', choices: some('near', 'far', 'away') },
  {
    type: 'MS',
    choices: [...some('calls', 'gifts'), { value: 'none', label: 'none', alone: true }],
  },
  { type: 'FT' },
  { type: 'DT' },
  { type: 'N' },
  { type: 'CARD' },
  { type: 'CARD' },
);

/** What rules may name of a question of that shape. */
function namesOf({ type, choices: offered }: Shape): readonly string[] {
  if (type === 'YN') return ['yes', 'no', ...absentNames];
  if (type === 'YNU') return ['yes', 'no', 'unsure', ...absentNames];
  if (type === 'CARD') return ['given', 'none', ...absentNames];
  return [...(offered?.map(({ value }) => value) ?? ['given']), ...absentNames];
}

const idAt = (place: number) => `QA${String(place + 1).padStart(2, '0')}`;

/** A condition on the first questions of a script, nested up to three deep. */
function conditionOn(earlier: readonly Shape[], depth = 2): fc.Arbitrary<Condition> {
  const raised = fc
    .constantFrom('red' as const, 'amber' as const)
    .map((level) => ({ raised: level }));
  if (earlier.length === 0) return raised;
  const onReply = fc
    .nat(earlier.length - 1)
    .chain((place) =>
      fc
        .subarray([...namesOf(earlier[place] ?? { type: 'FT' })], { minLength: 1 })
        .map((is) => ({ question: questionId(idAt(place)), is })),
    );
  if (depth === 0)
    return fc.oneof({ weight: 4, arbitrary: onReply }, { weight: 1, arbitrary: raised });
  const parts = fc.array(conditionOn(earlier, depth - 1), { minLength: 1, maxLength: 3 });
  return fc.oneof(
    { weight: 5, arbitrary: onReply },
    { weight: 1, arbitrary: raised },
    { weight: 2, arbitrary: parts.map((all) => ({ all })) },
    { weight: 2, arbitrary: parts.map((any) => ({ any })) },
  );
}

const maybe = <What>(arbitrary: fc.Arbitrary<What>) =>
  fc.option(arbitrary, { nil: undefined, freq: 2 });

function questionAt(all: readonly Shape[], place: number): fc.Arbitrary<QuestionInput> {
  const shape = all[place] ?? { type: 'FT' };
  const names = fc.subarray([...namesOf(shape)], { minLength: 1 });
  const flag = fc.record({
    level: fc.constantFrom('red' as const, 'amber' as const, 'amber' as const, 'note' as const),
    on: names,
    and: maybe(conditionOn(all.slice(0, place + 1))),
  });
  return fc
    .record({
      when: maybe(conditionOn(all.slice(0, place))),
      flags: fc.array(flag, { maxLength: 2 }),
      shows: maybe(names),
      danger: fc.boolean(),
      mustAsk: fc.integer({ max: 3, min: 0 }),
      short: fc.boolean(),
    })
    .map(({ when, flags, shows, danger, mustAsk, short }) =>
      aQuestion({
        id: idAt(place),
        ...shape,
        ...(shape.type === 'CARD' ? { fields: recordFields } : {}),
        ...(when ? { when } : {}),
        flags: flags.map(({ and, ...rule }, i) => ({
          ...rule,
          message: 'IDM-1',
          about: `rule ${i + 1}`,
          ...(and ? { and } : {}),
        })),
        shows: shows ? [{ on: shows, message: 'M-1' }] : [],
        danger,
        mustAsk: mustAsk === 0,
        short,
      }),
    );
}

const recordFields: QuestionInput['fields'] = [
  { id: 'what', label: 'What?', type: 'FT' },
  { id: 'also', label: 'Also?', type: 'YNU' },
];

const scripts: fc.Arbitrary<Script> = fc
  .array(shapes, { minLength: 1, maxLength: 8 })
  .chain((all) => fc.tuple(...all.map((_, place) => questionAt(all, place))))
  .map((questions) =>
    aScript(withoutUnreachable(questions), {
      messages: { 'IDM-1': { text: 'Stop.', followedBy: 'M-1' }, 'M-1': { text: 'Also.' } },
    }),
  );

// Walks.

type Intent = {
  readonly act: Act['kind'] | 'confirm' | 'refused' | 'absent';
  /** Chooses the value, the question or the record, whatever their number. */
  readonly pick: number;
  readonly elsewhere: boolean;
  readonly by: UserId;
  /** Events this person has not seen yet; -1 is a card that cannot be. */
  readonly behind: number;
  /** The activity of an earlier move is sent again. */
  readonly isRepeat: boolean;
};

const intents: fc.Arbitrary<Intent> = fc.record({
  act: fc.oneof(
    { weight: 10, arbitrary: fc.constant('reply' as const) },
    { weight: 3, arbitrary: fc.constant('absent' as const) },
    { weight: 4, arbitrary: fc.constantFrom('record' as const, 'strike' as const) },
    { weight: 4, arbitrary: fc.constantFrom('back' as const, 'back' as const, 'keep' as const) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        'reason',
        'confirm',
        'refused',
        'shorten',
        'lengthen',
        'pause',
        'resume',
      ),
    },
    { weight: 1, arbitrary: fc.constant('danger' as const) },
  ) as fc.Arbitrary<Intent['act']>,
  pick: fc.nat(1_000),
  elsewhere: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  by: fc.constantFrom(anna, ben),
  behind: fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 1, 2, -1),
  isRepeat: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
});
const walks = fc.array(intents, { maxLength: 24 });

const absents: readonly Value[] = [
  { kind: 'not-known' },
  { kind: 'declined' },
  { kind: 'not-asked', reason: 'call-ended' },
  { kind: 'not-asked', reason: 'danger' },
];

/** Values that can be replied to a question, absent ones left out. */
function valuesFor({ type, choices: offered }: Question): readonly Value[] {
  const names = offered.map(({ value }) => value);
  switch (type) {
    case 'YN':
    case 'YNU':
    case 'MC':
      return names.map(choice);
    case 'MS':
      return [...names.map((name) => choices(name)), choices('calls', 'gifts')];
    case 'FT':
      return [{ kind: 'text', text: 'Words.' }];
    case 'DT':
      return [{ kind: 'date', day: '2026-11-03', precision: 'about' }];
    case 'N':
      return [{ kind: 'number', number: 0 }];
    case 'CARD':
      return [{ kind: 'listed', count: 0 }];
    default:
      return type satisfies never;
  }
}

const pickOf = <What>(all: readonly What[], pick: number): What | undefined =>
  all[pick % all.length];

/** The move that carries out an intent on what is asked now; undefined where there is nothing to do it to. */
function moveOf(script: Script, screening: Screening, intent: Intent): Move | undefined {
  const position = replay(script, screening.events);
  const { pick, by, behind, isRepeat } = intent;
  const act = actOf(script, position, intent);
  const repeated = isRepeat ? pickOf(screening.events, pick)?.activityId : undefined;
  const activityId = repeated ?? `${by}-${screening.events.length}-${pick}`;
  const seen = screening.events.length - behind;
  return act && { by, client: 'card', activityId, seen, act };
}

function actOf(script: Script, position: Position, intent: Intent): Move['act'] | undefined {
  const { pick, elsewhere } = intent;
  const asked = elsewhere ? pickOf(script.questions, pick) : position.at;
  const lists = script.questions.filter(({ type }) => type === 'CARD');
  const list = asked?.type === 'CARD' ? asked : pickOf(lists, pick);
  const record = list && pickOf([undefined, ...(position.records.get(list.id) ?? [])], pick);
  switch (intent.act) {
    case 'reply':
    case 'absent': {
      const value = asked && pickOf(intent.act === 'absent' ? absents : valuesFor(asked), pick);
      return (
        asked && value && { kind: 'reply', question: asked.id, parsed: { kind: 'value', value } }
      );
    }
    case 'refused':
      return (
        asked && { kind: 'reply', question: asked.id, parsed: { kind: 'refused', reason: 'empty' } }
      );
    case 'confirm':
      return asked && { kind: 'confirm', question: asked.id };
    case 'record': {
      const what = { kind: 'text' as const, text: `Told ${pick % 3}.` };
      const fields = {
        what,
        ...(pick % 2 ? { also: { kind: 'choice' as const, choice: 'yes' } } : {}),
      };
      const number = record ? { number: record.number } : {};
      return (
        list && { kind: 'record', question: list.id, ...number, parsed: { kind: 'record', fields } }
      );
    }
    case 'strike':
      return list && { kind: 'strike', question: list.id, number: record?.number ?? 1 };
    case 'reason': {
      const changed = elsewhere ? asked?.id : (position.awaitsReason ?? asked?.id);
      return changed && { kind: 'reason', question: changed, reason: `Because ${pick % 2}.` };
    }
    case 'shorten':
      return { kind: 'shorten', reason: pickOf(notAskedReasonSchema.options, pick) ?? 'distress' };
    default:
      return { kind: intent.act };
  }
}

/** Every question has an answer held from earlier contact. */
function heldFor(script: Script): HeldAnswers {
  return new Map(
    script.questions.flatMap((question) => {
      const [value] = valuesFor(question);
      const { id } = question;
      const from = { screening: aScreening().id, question: id, at: aTime, by: ben };
      return value && question.type !== 'CARD' ? [[id, { ...from, value }] as const] : [];
    }),
  );
}

type Taken = { readonly before: Screening; readonly after: Screening; readonly move: Move };

/** Every move of a walk that could be made, with the screening before and after it. */
function walked(script: Script, walk: readonly Intent[]): readonly Taken[] {
  const held = heldFor(script);
  let screening = aScreening();
  return walk.flatMap((intent) => {
    const before = screening;
    const move = moveOf(script, before, intent);
    if (!move) return [];
    screening = taken(script, before, move, held);
    return [{ before, after: screening, move }];
  });
}

/** The screening after a move, as the store gives it back: with the keys of every object in another order. */
function taken(script: Script, screening: Screening, move: Move, held?: HeldAnswers): Screening {
  const made = step(script, screening, move, aTime, held);
  if (made.kind !== 'saved') return screening;
  return { ...screening, events: [...screening.events, stored(made.event)] };
}

function stored<What>(value: What): What {
  return JSON.parse(JSON.stringify(value), (_, part) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** The events at the end of a walk. */
const endOf = (script: Script, walk: readonly Intent[]) =>
  walked(script, walk).at(-1)?.after.events ?? [];

function pressed(screening: Screening, act: Move['act']): Move {
  const seen = screening.events.length;
  return { by: anna, client: 'card', activityId: `press-${seen}`, seen, act };
}

function frozen<What>(value: What): What {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

// What ought to hold, worked out from the definitions.

/** What rules see of a value. */
function seenIn(value: Value): readonly string[] {
  if (value.kind === 'choice') return [value.choice];
  if (value.kind === 'choices') return value.choices;
  if (value.kind === 'listed') return [value.count > 0 ? 'given' : 'none'];
  return absentNames.includes(value.kind) ? [value.kind] : ['given'];
}

type Counted = ReadonlyMap<string, Value>;

function isTrue(condition: Condition, counted: Counted, flags: readonly Flag[]): boolean {
  if ('raised' in condition) return flags.some(({ level }) => level === condition.raised);
  if ('all' in condition) return !condition.all.some((part) => !isTrue(part, counted, flags));
  if ('any' in condition) return !condition.any.every((part) => !isTrue(part, counted, flags));
  const value = counted.get(condition.question);
  return value !== undefined && seenIn(value).some((name) => condition.is.includes(name));
}

/** The newest reply to each question, with lists as long as they are now. */
function newestOf(events: readonly ScreeningEvent[]): Map<string, Value> {
  const lengths = new Map<string, Set<number>>();
  const added = new Map<string, number>();
  const newest = new Map<string, Value>();
  for (const { act } of events) {
    if (act.kind === 'reply') newest.set(act.question, act.value);
    if (act.kind !== 'record' && act.kind !== 'strike') continue;
    const standing = lengths.get(act.question) ?? new Set<number>();
    lengths.set(act.question, standing);
    if (act.kind === 'strike') standing.delete(act.number);
    if (act.kind === 'record' && act.number === undefined) {
      const number = (added.get(act.question) ?? 0) + 1;
      added.set(act.question, number);
      standing.add(number);
    }
  }
  for (const [id, value] of newest)
    if (value.kind === 'listed') newest.set(id, { ...value, count: lengths.get(id)?.size ?? 0 });
  return newest;
}

/** The state of each question, from top to bottom, and the replies that count. */
function routeBy(script: Script, events: readonly ScreeningEvent[], flags: readonly Flag[]) {
  const newest = newestOf(events);
  const counted = new Map<string, Value>();
  const shortened = events.findLast(({ act }) => act.kind === 'shorten' || act.kind === 'lengthen');
  const isShort = shortened?.act.kind === 'shorten';
  const isRed = flags.some(({ level }) => level === 'red');
  const states = script.questions.map(({ id, when, danger, short, mustAsk }): Stop['state'] => {
    if (when && !isTrue(when, counted, flags)) return 'not-applicable';
    const value = newest.get(id);
    if (value) {
      counted.set(id, value);
      return 'replied';
    }
    if (isRed) return danger ? 'open' : 'closed';
    return isShort && !short && !mustAsk ? 'left-out' : 'open';
  });
  return { states, counted };
}

const statesOf = ({ route }: Position) => route.map(({ state }) => state);
const fixed = { seed: 20261120 };

describe('any walk through any script', () => {
  it('stands where its stored events say, event by event, and replaying changes nothing', () => {
    fc.assert(
      fc.property(scripts, walks, (script, walk) => {
        const all = walked(script, walk);
        const last = frozen(all.at(-1)?.after.events ?? []);
        const copy = frozen(structuredClone(script));
        for (const { after } of all) {
          const position = replay(script, after.events);
          const { length } = after.events;
          expect(replay(copy, last.slice(0, length))).toEqual(position);
          expect(replay(script, after.events)).toEqual(position);
        }
      }),
      { ...fixed, numRuns: 300 },
    );
  });

  it('asks what the conditions say, worked out another way', () => {
    fc.assert(
      fc.property(scripts, walks, (script, walk) => {
        for (const { after } of walked(script, walk)) {
          const position = replay(script, after.events);
          const { states } = routeBy(script, after.events, position.flags);
          expect(statesOf(position)).toEqual(states);
          const open = position.route.find(({ state }) => state === 'open')?.question;
          if (!position.isRevisiting) expect(position.at?.id).toBe(open?.id);
        }
      }),
      { ...fixed, numRuns: 500 },
    );
  });

  it('raises the flag of every rule that holds, and none of a rule that never held', () => {
    fc.assert(
      fc.property(scripts, walks, (script, walk) => {
        const everHeld = new Set(['DANGER']);
        for (const { after } of walked(script, walk)) {
          const { flags } = replay(script, after.events);
          // A rule may look at the flags of its own event, so those raised now count too.
          const { counted } = routeBy(script, after.events, flags);
          const holding = rulesHolding(script, counted, flags);
          for (const rule of holding) everHeld.add(rule);
          const raised = new Set(flags.map(nameOf));
          expect(holding.filter((rule) => !raised.has(rule))).toEqual([]);
          expect([...raised].filter((rule) => !everHeld.has(rule))).toEqual([]);
        }
      }),
      { ...fixed, numRuns: 700 },
    );
  });

  it('has no dead end: it is over only when nothing is open, and answering what is asked ends it', () => {
    fc.assert(
      fc.property(scripts, walks, fc.nat(20), (script, walk, pick) => {
        for (const { after } of walked(script, walk)) {
          const position = replay(script, after.events);
          const { asked, left } = progressOf(position);
          const other = statesOf(position).filter(
            (state) => state !== 'replied' && state !== 'open',
          );
          expect(asked + left + other.length).toBe(script.questions.length);
          if (!position.isRevisiting) expect(position.at === undefined).toBe(left === 0);
        }
        let screening = aScreening({ events: endOf(script, walk) });
        // One more than there are questions, since one of them may be open again.
        for (let i = 0; i <= script.questions.length; i += 1) {
          const { at } = replay(script, screening.events);
          const value = at && pickOf(valuesFor(at), pick);
          if (!at || !value) break;
          const act = {
            kind: 'reply' as const,
            question: at.id,
            parsed: { kind: 'value' as const, value },
          };
          const next = taken(script, screening, pressed(screening, act));
          expect(next.events.length).toBe(screening.events.length + 1);
          screening = next;
        }
        expect(replay(script, screening.events).at).toBeUndefined();
      }),
      { ...fixed, numRuns: 400 },
    );
  });

  it('never asks a question that does not apply, is closed or is left out, however much it must be asked', () => {
    fc.assert(
      fc.property(scripts, walks, (script, walk) => {
        for (const { after } of walked(script, walk)) {
          const { at, route } = replay(script, after.events);
          const state = route.find(({ question }) => question === at)?.state;
          expect(['open', 'replied', undefined]).toContain(state);
        }
      }),
      { ...fixed, numRuns: 300 },
    );
  });

  it.each(['danger', 'pause', 'resume'] as const)(
    'takes %s in every state, from a card of any age',
    (kind) => {
      fc.assert(
        fc.property(scripts, walks, fc.nat(30), (script, walk, seen) => {
          const all = [aScreening(), ...walked(script, walk).map(({ after }) => after)];
          for (const screening of all) {
            const move = { ...pressed(screening, { kind }), by: userIdSchema.parse('cleo'), seen };
            expect(step(script, screening, move, aTime).kind).toBe('saved');
            const position = replay(script, taken(script, screening, move).events);
            if (kind === 'danger') expect(position.inDanger).toBe(true);
            expect(position.isPaused).toBe(kind === 'pause');
          }
        }),
        { ...fixed, numRuns: 300 },
      );
    },
  );

  it('keeps every flag, and once red stands asks nothing but the danger set', () => {
    fc.assert(
      fc.property(scripts, walks, (script, walk) => {
        for (const { before, after } of walked(script, walk)) {
          const earlier = replay(script, before.events);
          const position = replay(script, after.events);
          expect(position.flags.slice(0, earlier.flags.length)).toEqual(earlier.flags);
          expect(position.inDanger).toBe(position.flags.some(({ level }) => level === 'red'));
          if (!position.inDanger) continue;
          expect(position.at?.danger ?? true).toBe(true);
          const open = position.route.filter(({ state }) => state === 'open');
          expect(open.filter(({ question }) => !question.danger)).toEqual([]);
        }
      }),
      { ...fixed, numRuns: 700 },
    );
  });

  it('never takes an absent answer for yes, no or anything else that was said', () => {
    fc.assert(
      fc.property(scripts, fc.array(fc.nat(3), { maxLength: 10 }), (script, picks) => {
        // Rules that name no absent answer: not one of them may hold.
        const deaf = script.questions.map((question) => ({
          ...question,
          flags: question.flags.filter(({ on }) => !on.some((name) => absentNames.includes(name))),
          shows: question.shows.filter(({ on }) => !on.some((name) => absentNames.includes(name))),
        }));
        const heard = { ...script, questions: deaf };
        let screening = aScreening();
        for (const pick of [...picks, 0, 1, 2, 3, 0, 1, 2, 3]) {
          const { at } = replay(heard, screening.events);
          const value = pickOf(absents, pick);
          if (!at || !value) break;
          const act = {
            kind: 'reply' as const,
            question: at.id,
            parsed: { kind: 'value' as const, value },
          };
          screening = taken(heard, screening, pressed(screening, act));
          const { flags, messages, route } = replay(heard, screening.events);
          expect([flags, messages]).toEqual([[], []]);
          const said = route.filter(
            ({ question, state }) => state !== 'not-applicable' && waitsForWords(question.when),
          );
          expect(said.map(({ question }) => question.id)).toEqual([]);
        }
      }),
      { ...fixed, numRuns: 500 },
    );
  });
});

/** True when a condition holds only after something was said: it names no absent answer and no flag anywhere. */
function waitsForWords(condition: Condition | undefined): boolean {
  if (!condition || 'raised' in condition) return condition !== undefined;
  if ('all' in condition) return condition.all.some(waitsForWords);
  if ('any' in condition) return condition.any.every(waitsForWords);
  return !condition.is.some((name) => absentNames.includes(name));
}

const nameOf = ({ question, level, about }: Flag) =>
  question ? `${question} ${level} ${about}` : 'DANGER';

function rulesHolding(script: Script, counted: Counted, flags: readonly Flag[]): readonly string[] {
  return script.questions.flatMap(({ id, flags: rules }) => {
    const value = counted.get(id);
    return rules
      .filter(({ on }) => value && seenIn(value).some((name) => on.includes(name)))
      .filter(({ and }) => !and || isTrue(and, counted, flags))
      .map(({ level, about }) => `${id} ${level} ${about}`);
  });
}

describe('replies and records', () => {
  it('taking the newest event away gives exactly what stood before it, whatever came between', () => {
    fc.assert(
      fc.property(scripts, walks, (script, walk) => {
        for (const { before, after } of walked(script, walk)) {
          const earlier = replay(script, before.events);
          replay(script, after.events);
          expect(replay(script, after.events.slice(0, before.events.length))).toEqual(earlier);
        }
      }),
      { ...fixed, numRuns: 300 },
    );
  });

  it('taking one reply away brings no other reply back, and changes none', () => {
    fc.assert(
      fc.property(scripts, walks, fc.nat(30), (script, walk, pick) => {
        const events = endOf(script, walk);
        const removed = pickOf(
          events.filter(({ act }) => act.kind === 'reply'),
          pick,
        );
        if (removed?.act.kind !== 'reply') return;
        const { question } = removed.act;
        const standing = (kept: readonly ScreeningEvent[]) =>
          [...replay(script, kept).standings]
            .filter(([id]) => id !== question)
            .map(([id, { value, seq }]) => ({ id, value, seq }))
            .sort((a, b) => (a.id < b.id ? -1 : 1));
        const without = events.filter((event) => event !== removed);
        expect(standing(without)).toEqual(standing(events));
        // Replies of the question itself: only those that were given, the newest of them in front.
        const seqs = without.flatMap(({ act, seq }) =>
          act.kind === 'reply' && act.question === question ? [seq] : [],
        );
        expect(replay(script, without).standings.get(question)?.seq).toBe(seqs.at(-1));
      }),
      { ...fixed, numRuns: 700 },
    );
  });

  it('changing an answer and changing it back restores the route, with the replies that counted', () => {
    fc.assert(
      fc.property(scripts, walks, fc.nat(30), (script, walk, pick) => {
        const before = aScreening({ events: endOf(script, walk) });
        const back = taken(script, before, pressed(before, { kind: 'back' }));
        const { at, standings, isRevisiting } = replay(script, back.events);
        const old = at && standings.get(at.id);
        const other = at && pickOf([...valuesFor(at), ...absents], pick);
        if (!at || !isRevisiting || !old || !other) return;
        const say = (screening: Screening, value: Value) =>
          taken(
            script,
            screening,
            pressed(screening, {
              kind: 'reply',
              question: at.id,
              parsed: { kind: 'value', value },
            }),
          );
        const changed = say(back, other);
        const gone = taken(script, changed, pressed(changed, { kind: 'back' }));
        if (replay(script, gone.events).at?.id !== at.id) return;
        const restored = replay(script, say(gone, old.value).events);
        const earlier = replay(script, before.events);
        // A flag raised on the way stays, and may rightly change what is asked.
        if (restored.flags.length !== earlier.flags.length) return;
        expect(statesOf(restored)).toEqual(statesOf(earlier));
        const valuesIn = ({ standings: all }: Position) =>
          new Map([...all].map(([id, { value }]) => [id, value]));
        expect(valuesIn(restored)).toEqual(valuesIn(earlier));
      }),
      { ...fixed, numRuns: 700 },
    );
  });

  it('records are numbered as they came, and a struck one never comes back or changes again', () => {
    fc.assert(
      fc.property(scripts, walks, (script, walk) => {
        for (const { before, after } of walked(script, walk)) {
          const earlier = replay(script, before.events).records;
          const { records } = replay(script, after.events);
          for (const all of records.values())
            expect(all.map(({ number }) => number)).toEqual(all.map((_, i) => i + 1));
          for (const [id, all] of earlier)
            for (const struck of all.filter(({ isStruck }) => isStruck)) {
              const now = records.get(id)?.[struck.number - 1];
              expect({ ...now, reason: undefined }).toEqual({ ...struck, reason: undefined });
            }
        }
      }),
      { ...fixed, numRuns: 500 },
    );
  });
});

describe('moves that come again, late or out of turn', () => {
  it('leave at most one event an activity, numbered without a gap', () => {
    fc.assert(
      fc.property(scripts, walks, (script, walk) => {
        const events = endOf(script, walk);
        expect(new Set(events.map(({ activityId }) => activityId)).size).toBe(events.length);
        expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
      }),
      { ...fixed, numRuns: 500 },
    );
  });

  it('sent again under a new id right away have no second effect, whatever they were', () => {
    fc.assert(
      fc.property(scripts, walks, (script, walk) => {
        const held = heldFor(script);
        for (const { before, after, move } of walked(script, walk)) {
          if (after === before || move.seen !== before.events.length) continue;
          const again = { ...move, activityId: 'another' };
          expect(step(script, after, again, aTime, held)).toEqual({ kind: 'repeated' });
        }
      }),
      { ...fixed, numRuns: 500 },
    );
  });

  it('are called repeated only where that very act stands in the record', () => {
    fc.assert(
      fc.property(scripts, walks, intents, (script, walk, other) => {
        const held = heldFor(script);
        for (const { before, after, move } of walked(script, walk)) {
          if (after === before) continue;
          const made = moveOf(script, before, {
            ...other,
            by: move.by,
            isRepeat: false,
            behind: 0,
          });
          if (!made) continue;
          const late = { ...made, activityId: 'late' };
          if (step(script, after, late, aTime, held).kind !== 'repeated') continue;
          // What the same press would have stored, had it come first, is what was stored.
          const first = step(script, before, late, aTime, held);
          expect(first.kind).toBe('saved');
          if (first.kind !== 'saved') continue;
          expect(saidIn(after.events.at(-1)?.act)).toEqual(saidIn(stored(first.event.act)));
        }
      }),
      { ...fixed, numRuns: 700 },
    );
  });

  it('on a card that others have moved on from change nothing, but for DANGER, pauses and new records', () => {
    fc.assert(
      fc.property(scripts, walks, (script, walk) => {
        for (const { before, after, move } of walked(script, walk)) {
          if (after === before || move.seen === before.events.length) continue;
          const isNew = move.act.kind === 'record' && move.act.number === undefined;
          expect(isNew || ['danger', 'pause', 'resume'].includes(move.act.kind)).toBe(true);
        }
      }),
      { ...fixed, numRuns: 300 },
    );
  });
});

/** An act without whether its answer was told or only confirmed, and without the length of a list. */
function saidIn(act: Act | undefined) {
  if (act?.kind !== 'reply') return act;
  const { held: _, ...said } = act;
  return said.value.kind === 'listed' ? { ...said, value: { kind: 'listed' } } : said;
}
