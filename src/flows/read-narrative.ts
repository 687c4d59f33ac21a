import type { z } from 'zod';
import { chooseLeads, chooseShort } from '../core/answer.js';
import { type Quoted, quotedOf, type ShownPassage, verifyCitations } from '../core/citations.js';
import { findCues } from '../core/cues.js';
import { dayOf } from '../core/days.js';
import { findDanger } from '../core/find-danger.js';
import { type Basis, namedPassages } from '../core/find-passages.js';
import type { PassageId } from '../core/ids.js';
import type { Knowledge } from '../core/knowledge.js';
import {
  type claimsSchema,
  kindsOf,
  longestNarrative,
  type NarrativeReading,
  ofRules,
  outcomeOf,
  readByRules,
  withClaims,
} from '../core/narrative.js';
import type { Narrative } from '../core/narrative-text.js';
import { type Passage, statementsOf } from '../core/passage.js';
import type { HidePersonal } from '../core/placeholders.js';
import { makeIsSafe } from '../core/safe-block.js';
import type { AskModel, Prompt, PromptName } from './model-port.js';
import type { Clock } from './ports.js';

/** Present only where the configuration allows case text to leave: what is pasted here is case text. */
export type NarrativeModel = {
  readonly ask: AskModel;
  readonly prompt: Prompt<z.infer<typeof claimsSchema>>;
  readonly hide: HidePersonal;
};

export type ReadNarrative = {
  /** Reads by the rules alone, at once. */
  readonly read: (pasted: string) => Narrative;
  /**
   * The same with what a model found besides; undefined where none may be asked, none answers in time or it finds
   * nothing more. Never throws.
   */
  readonly readFurther: (
    pasted: string,
    deadline: AbortSignal,
  ) => Promise<{ readonly narrative: Narrative; readonly prompt: PromptName } | undefined>;
  readonly mayAsk: boolean;
};

/** Makes the reader of pasted reports. Nothing of a text is kept after the call. */
export function makeReadNarrative({
  knowledge,
  clock,
  model,
}: {
  readonly knowledge: Knowledge;
  readonly clock: Clock;
  readonly model?: NarrativeModel | undefined;
}): ReadNarrative {
  const isSafe = makeIsSafe(knowledge.neverAdvise);
  const { narrative: rules } = knowledge;

  const show = (pasted: string, reading: NarrativeReading | undefined): Narrative => {
    const basis: Basis = { knowledge, on: dayOf(clock()), audience: undefined };
    const part = findDanger(knowledge.cues, pasted);
    const danger = part === undefined ? [] : emergencyPassages(basis, part);
    const named = (id: PassageId) => namedPassages(basis, [id]);
    const provisions = reading ? draftOf(reading, knowledge, named) : [];
    const draft = [...chooseShort(danger), ...provisions];
    const given = [...danger, ...[...new Set(provisions.map(idOf))].flatMap(named)];
    const verified = verifyCitations(draft, given, knowledge.sources, basis.on, isSafe);
    const isEmergency = ({ passage }: ShownPassage) => danger.some(({ id }) => id === passage);
    const parts = {
      danger: verified.shown.filter(isEmergency),
      isDanger: part !== undefined,
      shown: verified.shown.filter((passage) => !isEmergency(passage)),
      citations: verified.citations,
      provisions: rules.provisions,
    };
    if (reading) return { kind: 'read', pasted, reading, ...parts };
    return { kind: pasted.trim() === '' ? 'empty' : 'too-long', ...parts };
  };
  const isReadable = (pasted: string) => pasted.trim() !== '' && pasted.length <= longestNarrative;

  return {
    mayAsk: model !== undefined,
    read: (pasted) => show(pasted, isReadable(pasted) ? readByRules(pasted, rules) : undefined),
    readFurther: async (pasted, deadline) => {
      if (!model || !isReadable(pasted)) return undefined;
      const { hidden, restore } = model.hide([pasted]);
      const text = withoutFences(hidden[0] ?? '');
      const reply = await model.ask(model.prompt, { text }, deadline);
      if (reply.kind !== 'replied' || deadline.aborted) return undefined;
      // A quote counts only where it stands in what the model was given, and then in what was pasted.
      const claims = reply.output.marks
        .filter(({ quote }) => text.includes(quote))
        .map(({ kind, quote }) => ({ kind, quote: restore(quote) }));
      const byRules = readByRules(pasted, rules);
      const reading = withClaims(byRules, pasted, claims);
      if (reading.marks.length === byRules.marks.length) return undefined;
      const { id, version, digest } = model.prompt;
      return { narrative: show(pasted, reading), prompt: { id, version, digest } };
    },
  };
}

/** The prompt sets a text between such marks; in the text they would end it. */
function withoutFences(text: string): string {
  return text.replace(/<{3,}|>{3,}/g, (fence) => ' '.repeat(fence.length));
}

function emergencyPassages(basis: Basis, part: string): readonly Passage[] {
  const shows = findCues(basis.knowledge.cues, part).danger.flatMap((cue) => cue.shows);
  return namedPassages(basis, shows).slice(0, 2);
}

/** The statements that the marks stand beside, in the order of the kinds, then what the outcome rests on. */
function draftOf(
  reading: NarrativeReading,
  { narrative }: Knowledge,
  named: (id: PassageId) => readonly Passage[],
): readonly Quoted[] {
  const beside = kindsOf(reading.marks).flatMap((kind) => {
    const { passage, quote } = narrative.provisions[kind];
    return named(passage).flatMap((found) => blockWith(found, quote));
  });
  // Whatever a model adds, nothing is taken away that is shown without one.
  return outcomeOf(ofRules(reading.marks)) === 'one-thing'
    ? [...beside, ...chooseLeads(named(narrative.oneIncident))]
    : beside;
}

function blockWith(passage: Passage, quote: string): readonly Quoted[] {
  const block = passage.blocks.find((one) =>
    statementsOf(one).some(({ text }) => text.includes(quote)),
  );
  return block ? quotedOf(passage, block) : [];
}

function idOf({ label }: Quoted): PassageId {
  return label.split('#')[0] as PassageId;
}
