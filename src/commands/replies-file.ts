import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { TypedFields } from '../core/record.js';

/**
 * A file of replies: YAML whose keys are questions, in the order in which they are asked, or plain lines such as
 * `FC01: yes` that need no quotation marks. What stands there is what somebody would type: `2`, `u`, `s distress`, `!`.
 * `{what: …, when: …}` is a record, and a list of those is a whole list of records. A question may come again.
 */

/** One reply, and the line of the file it stands in. */
export type FiledReply = { readonly line: number; readonly question: string } & (
  | { readonly words: string }
  | { readonly fields: TypedFields }
);

export type RepliesFile =
  | { readonly kind: 'replies'; readonly replies: readonly FiledReply[] }
  | { readonly kind: 'refused'; readonly line: number; readonly reason: string };

const plainLine = /^([A-Z]{2,3}\d{2}[a-z]{0,2}\d?):(?:\s+(.*))?$/;

/** Reads a file of replies, or says which line cannot be read and why. */
export function parseReplies(text: string): RepliesFile {
  const lines = text.split(/\r?\n/);
  const isPlain = lines.every((line) => isBlank(line) || /^[^[{]*$/.test(plainReply(line) ?? '{'));
  return isPlain ? readLines(lines) : readYaml(text);
}

function isBlank(line: string): boolean {
  return /^\s*(?:#.*)?$/.test(line);
}

/** Undefined for a line that is not `FC01: words`, or has nothing after the colon. */
function plainReply(line: string): string | undefined {
  return plainLine.exec(line.trimEnd())?.[2];
}

function readLines(lines: readonly string[]): RepliesFile {
  const replies = lines.flatMap((line, index) => {
    const [, question, words] = plainLine.exec(line.trimEnd()) ?? [];
    if (isBlank(line) || !question || !words) return [];
    return [{ line: index + 1, question, words: unquoted(words) }];
  });
  return { kind: 'replies', replies };
}

function unquoted(words: string): string {
  return /^"[^"]*"$|^'[^']*'$/.test(words) ? words.slice(1, -1) : words;
}

function readYaml(text: string): RepliesFile {
  const lineCounter = new LineCounter();
  // The same question may come twice: after going back, or as records one by one.
  const document = parseDocument(text, { lineCounter, uniqueKeys: false });
  const lineOf = (offset: number | undefined) => lineCounter.linePos(offset ?? 0).line;
  const [error] = document.errors;
  if (error) {
    const [reason = 'not YAML'] = error.message.split('\n');
    return { kind: 'refused', line: lineOf(error.pos[0]), reason: `not YAML: ${reason}` };
  }
  if (!isMap(document.contents))
    return { kind: 'refused', line: 1, reason: 'must be lines such as “FC01: yes”' };
  const replies: FiledReply[] = [];
  for (const { key, value } of document.contents.items) {
    const line = isScalar(key) ? lineOf(key.range?.[0]) : 1;
    const question = isScalar(key) ? String(key.value) : '';
    const given = repliesIn(value);
    if (!given)
      return {
        kind: 'refused',
        line,
        reason: `${question}: must be words, {field: words} or a list of those`,
      };
    replies.push(...given.map((one) => ({ line, question, ...one })));
  }
  return { kind: 'replies', replies };
}

type Given = { readonly words: string } | { readonly fields: TypedFields };

/** A list of words is several choices of one reply; a list of records is that many replies. */
function repliesIn(node: unknown): readonly Given[] | undefined {
  const words = wordsOf(node);
  if (words !== undefined) return [{ words }];
  if (isMap(node)) {
    const fields = fieldsOf(node.items);
    return fields && [{ fields }];
  }
  if (!isSeq(node)) return undefined;
  const each = node.items.map(repliesIn);
  return each.every((one) => one !== undefined) ? each.flat() : undefined;
}

function fieldsOf(items: readonly unknown[]): TypedFields | undefined {
  const entries = items.map((item) => {
    const name = isPair(item) && isScalar(item.key) ? String(item.key.value) : undefined;
    const words = isPair(item) ? wordsOf(item.value) : undefined;
    return name === undefined || words === undefined ? undefined : ([name, words] as const);
  });
  return entries.every((entry) => entry !== undefined) ? Object.fromEntries(entries) : undefined;
}

/** As it was written, so that `03/11/2026` and `007` stay what somebody typed. */
function wordsOf(node: unknown): string | undefined {
  if (isScalar(node)) return node.source ?? String(node.value ?? '');
  if (!isSeq(node)) return undefined;
  const each = node.items.map((item) => (isScalar(item) ? wordsOf(item) : undefined));
  return each.every((one) => one !== undefined) ? each.join(', ') : undefined;
}
