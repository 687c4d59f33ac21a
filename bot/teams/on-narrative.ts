import { randomUUID } from 'node:crypto';
import type { Log } from '../../src/adapters/log.js';
import { dayOf } from '../../src/core/days.js';
import { answerIdSchema } from '../../src/core/ids.js';
import { findStartable, type Knowledge } from '../../src/core/knowledge.js';
import type { Narrative } from '../../src/core/narrative-text.js';
import type { PromptName } from '../../src/flows/model-port.js';
import type { Answers, Clock, GivenAnswer } from '../../src/flows/ports.js';
import type { ReadNarrative } from '../../src/flows/read-narrative.js';
import { cardMessage } from './cards/card.js';
import {
  narrativeCard,
  narrativeMessage,
  type ScreeningToBegin,
} from './cards/narrative-message.js';
import { makeImproveShown } from './improve-shown.js';
import { versionOf } from './on-question.js';
import type { Turn } from './turn.js';
import { wordsOf } from './words-of.js';

export type OnNarrative = {
  /** Reads what was pasted behind the word; `version` as for a question. Without any, offers a card to paste into. */
  readonly typed: (turn: Turn, chat: string, pasted: string, version?: number) => Promise<void>;
  /** Reads what was pasted into the card, which then stands empty again. */
  readonly pressed: (turn: Turn, chat: string, pasted: string) => Promise<void>;
};

export type OnNarrativeParts = {
  readonly knowledge: Knowledge;
  readonly readNarrative: ReadNarrative;
  readonly answers: Pick<Answers, 'recordSoon' | 'stands' | 'improve'>;
  readonly clock: Clock;
  readonly log: Log;
  /** How long a model may take, to the last byte; unused where none may be asked. */
  readonly timeoutMs: number;
};

const scriptName = 'identification';

/**
 * Reads a pasted report in a chat. What was pasted is not stored, logged or remembered: the record of an answer holds
 * only that there was one and which passages it showed, so that it is withdrawn with its message. Where a model may be
 * asked, what it finds besides comes into the same message, once.
 */
export function makeOnNarrative(parts: OnNarrativeParts): OnNarrative {
  const { knowledge, readNarrative, answers, clock, timeoutMs } = parts;
  const improveShown = makeImproveShown(answers, parts.log);

  const toBegin = (): ScreeningToBegin | undefined => {
    const found = findStartable(knowledge, scriptName, dayOf(clock()));
    return found.kind === 'script' ? { script: scriptName, instance: randomUUID() } : undefined;
  };

  const read = async (turn: Turn, chat: string, pasted: string, activity: string | undefined) => {
    const words = wordsOf(turn);
    const screening = toBegin();
    const first = readNarrative.read(pasted);
    const messageId = await turn.send(narrativeMessage(first, screening, words));
    const id = answerIdSchema.parse(randomUUID());
    const givenOf = (narrative: Narrative, prompt?: PromptName): GivenAnswer => ({
      ...{ id, chat, activityId: activity ?? id, at: clock().toISOString(), kind: 'narrative' },
      passages: [...narrative.danger, ...narrative.shown].map(({ passage }) => passage),
      knowledgeVersion: knowledge.version,
      ...(prompt ? { chosenBy: [prompt] } : {}),
    });
    answers.recordSoon(givenOf(first), messageId);
    if (!messageId || !readNarrative.mayAsk) return;
    turn.later(async () => {
      const further = await readNarrative.readFurther(pasted, AbortSignal.timeout(timeoutMs));
      if (!further) return;
      const { narrative, prompt } = further;
      const message = narrativeMessage(narrative, screening, words);
      await improveShown(turn, messageId, givenOf(narrative, prompt), message);
    });
  };

  return {
    typed: async (turn, chat, pasted, version = 1) => {
      if (pasted.trim() === '') {
        const words = wordsOf(turn);
        await turn.send(cardMessage(narrativeCard(words), words.feeds.narrative));
        return;
      }
      const { id } = turn.activity;
      await read(turn, chat, pasted, id ? versionOf(id, version) : undefined);
    },
    pressed: async (turn, chat, pasted) => {
      const words = wordsOf(turn);
      const content = narrativeCard(words);
      turn.answerInvoke(200, {
        statusCode: 200,
        type: 'application/vnd.microsoft.card.adaptive',
        value: content,
      });
      await read(turn, chat, pasted, undefined);
      const cardId = turn.activity.replyToId;
      // On other devices, and where a Submit has no answer.
      if (cardId)
        turn.later(() => turn.update(cardId, cardMessage(content, words.feeds.narrative)));
    },
  };
}
