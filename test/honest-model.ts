import type { Choice } from '../src/core/choosing.js';
import type { OfferedPassage } from '../src/core/choosing-offer.js';
import { partsOf } from '../src/core/parts.js';
import type { SecondReading } from '../src/core/second-reading.js';
import { stopWords } from '../src/core/stop-words.js';
import { stemsOf } from '../src/core/tokens.js';
import type { Understanding } from '../src/core/understanding.js';
import type { AskModel } from '../src/flows/ports.js';

/**
 * A model that does what it is told, as well as counting words can: it picks the sentences that share most with the
 * question, quotes them as models do (respaced, requoted, in part), and names the part that nothing answers. It takes
 * no part of ours: it knows only what the prompts give it.
 */

/** What it replies to the inputs of a prompt; undefined for a prompt it does not know. */
export function honestReply(
  prompt: string,
  inputs: Readonly<Record<string, string>>,
): Choice | SecondReading | Understanding | undefined {
  const question = read<string>(inputs.question, '');
  const earlier = read<readonly string[]>(inputs.earlier, []);
  if (prompt === 'choose-sentences')
    return honestChoice(question, earlier, read<readonly OfferedPassage[]>(inputs.passages, []));
  if (prompt === 'second-reading')
    return honestSecondReading(question, read<readonly Statement[]>(inputs.statements, []));
  if (prompt === 'understand-question')
    return honestUnderstanding(inputs.question ?? '', inputs.earlier ?? '', inputs.topics ?? '');
  return undefined;
}

/** In the place of a model, without a server. */
export const askHonest: AskModel = async (prompt, inputs) => {
  const parsed = prompt.schema.safeParse(honestReply(prompt.id, inputs));
  return parsed.success
    ? { kind: 'replied', output: parsed.data, tokens: undefined }
    : { kind: 'unusable', why: 'shape' };
};

/**
 * What it replies to the words of a prompt as they were sent, for a server that stands in for a real one: the inputs
 * are what stands between `<<<` and `>>>`, and the line before each tells which it is.
 */
export function honestReplyTo(user: string): ReturnType<typeof honestReply> {
  const inputs = new Map(
    [...user.matchAll(/^(\S+)[^\n]*:\n<<<\n([\s\S]*?)\n>>>$/gm)].map((match) => [
      match[1] ?? '',
      match[2] ?? '',
    ]),
  );
  const given = {
    question: inputs.get('Newest') ?? inputs.get('Question:') ?? inputs.get('Question') ?? '',
    earlier: inputs.get('Earlier') ?? '',
    passages: inputs.get('Passages,') ?? '',
    statements: inputs.get('Statements:') ?? inputs.get('Statements') ?? '',
    topics: inputs.get('Topics:') ?? inputs.get('Topics') ?? '',
  };
  if (given.passages) return honestReply('choose-sentences', given);
  if (given.statements) return honestReply('second-reading', given);
  return inputs.has('Topics:') || inputs.has('Topics')
    ? honestReply('understand-question', given)
    : undefined;
}

type Statement = { readonly label: string; readonly heading: string; readonly text: string };

function honestChoice(
  question: string,
  earlier: readonly string[],
  passages: readonly OfferedPassage[],
): Choice {
  const parts = partsOf(question);
  const isShort = telling(question).size < 3;
  const asked = telling([question, ...(isShort ? earlier.slice(0, 1) : [])].join(' '));
  const weigh = makeWeigh(passages);
  const scored = passages.flatMap(({ heading, sentences }, rank) =>
    sentences.map(({ label, under, text }, place) => ({
      ...{ label, text, heading },
      score:
        weigh(asked, `${under ?? ''} ${text}`) +
        1.5 * weigh(asked, heading) +
        (place === 0 ? 1.5 : 0) +
        4 / (rank + 1),
    })),
  );
  const best = Math.max(0, ...scored.map(({ score }) => score));
  const chosen = scored
    .filter(({ score }) => score >= 0.75 * best)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, 5);
  const covers = (part: string) =>
    chosen.some(({ text, heading }) => weigh(telling(part), `${heading} ${text}`) > 0);
  const partOf = (text: string) =>
    parts.toSorted((a, b) => weigh(telling(b), text) - weigh(telling(a), text))[0] ?? null;
  return {
    sentences: chosen.map(({ label, text, heading }, at) => ({
      label,
      quote: asQuoted(text, at),
      part: parts.length > 1 ? partOf(`${heading} ${text}`) : null,
    })),
    unanswered: parts.length > 1 ? parts.filter((part) => !covers(part)) : [],
    danger: null,
  };
}

/** As models quote: exactly, with other spaces and marks, or only the words that matter. */
function asQuoted(text: string, at: number): string {
  if (at % 3 === 1) return ` ${text.replaceAll("'", '’').replaceAll(' ', '  ').toUpperCase()} `;
  const words = text.split(' ');
  return at % 3 === 2 ? words.slice(0, Math.max(6, Math.ceil(words.length / 2))).join(' ') : text;
}

/** It takes away only what shares no word with the question. */
function honestSecondReading(question: string, statements: readonly Statement[]): SecondReading {
  const asked = telling(question);
  const isBeside = ({ heading, text }: Statement) =>
    [...asked].every((stem) => !telling(`${heading} ${text}`).has(stem));
  return { remove: asked.size < 2 ? [] : statements.filter(isBeside).map(({ label }) => label) };
}

/** It says a short question together with the one before it. */
function honestUnderstanding(question: string, earlier: string, topics: string): Understanding {
  const asked = telling(question);
  const [before = ''] = linesOf(earlier);
  const likely = linesOf(topics)
    .map((line) => ({
      label: /\bT\d+\b/.exec(line)?.[0] ?? '',
      shared: [...telling(line)].filter((stem) => asked.has(stem)).length,
    }))
    .filter(({ label }) => label !== '')
    .toSorted((a, b) => b.shared - a.shared);
  return {
    whole: before && asked.size < 3 ? `${before} ${question}` : null,
    words: [],
    topics: likely.slice(0, 3).map(({ label }) => label),
  };
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

/** How much of what was asked a text holds; what stands in fewer passages counts more. */
function makeWeigh(passages: readonly OfferedPassage[]) {
  const texts = passages.map(({ heading, sentences }) =>
    telling([heading, ...sentences.map(({ text }) => text)].join(' ')),
  );
  const rarity = (stem: string) =>
    Math.log(1 + (texts.length + 1) / (1 + texts.filter((held) => held.has(stem)).length));
  return (asked: ReadonlySet<string>, text: string): number => {
    const held = telling(text);
    return [...asked].reduce((sum, stem) => sum + (held.has(stem) ? rarity(stem) : 0), 0);
  };
}

function telling(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(stemsOf(words.filter((word) => !stopWords.has(word)).join(' ')));
}

function read<T>(input: string | undefined, otherwise: T): T {
  try {
    return input === undefined ? otherwise : (JSON.parse(input) as T);
  } catch {
    return otherwise;
  }
}
