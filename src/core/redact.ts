import { everyday, type KnownWords, plainly } from './known-words.js';
import { namesIn } from './redact-names.js';
import { type Removed, redactRules } from './redact-rules.js';
import { stopWords } from './stop-words.js';

/**
 * Takes out of a text whatever may say who is meant: names, numbers, addresses, accounts. By rule, and rather too much
 * than too little: a word with a capital that the guidance does not use is taken for a name. What it cannot see is a
 * rare name typed in small letters with nothing about it to tell, a nickname that is a word, and a story so particular
 * that it names its people without a name.
 */

/** `text` holds `[name]`, `[phone]` … in the place of what was taken out. */
export type Redacted = { readonly text: string; readonly removed: readonly Removed[] };

export type Redact = (text: string) => Redacted;

/** Returns the function that takes personal data out of a text. */
export function makeRedact(known: KnownWords): Redact {
  const isKnown = (word: string) => {
    const plain = plainly(word);
    return known.common.has(plain) || stopWords.has(plain) || everyday.has(plain);
  };
  return (text) => {
    let removed: readonly Removed[] = [];
    let rest = text;
    for (const rule of redactRules) {
      const taken: Removed[] = [];
      for (const match of rest.matchAll(rule.pattern)) {
        const found = match.groups?.it ?? match[0];
        const before = rest.slice(Math.max(0, match.index - 60), match.index);
        if (found.trim() === '' || rule.unless?.(found, isKnown, before)) continue;
        const start = match.index + match[0].lastIndexOf(found);
        taken.push({ kind: rule.kind, start, end: start + found.length });
      }
      rest = blanked(rest, taken);
      removed = removed.concat(taken);
    }
    return replaced(text, joined(text, removed.concat(namesIn(rest, known, isKnown))));
  };
}

/** Letters no rule finds anything in, so that each finds only what the ones before it left; `taken` is in order. */
function blanked(text: string, taken: readonly Removed[]): string {
  if (taken.length === 0) return text;
  let at = 0;
  const parts: string[] = [];
  for (const { start, end } of taken) {
    parts.push(text.slice(at, start), '\u0000'.repeat(end - start));
    at = end;
  }
  return parts.join('') + text.slice(at);
}

/** In order, with a name and a family name as one. */
function joined(text: string, removed: readonly Removed[]): readonly Removed[] {
  const list: Removed[] = [];
  for (const next of removed.toSorted((a, b) => a.start - b.start)) {
    const last = list.at(-1);
    const between = last ? text.slice(last.end, next.start) : '';
    if (last && last.kind === next.kind && next.kind === 'name' && /^[ .]{0,2}$/.test(between))
      list[list.length - 1] = { ...last, end: next.end };
    else list.push(next);
  }
  return list;
}

function replaced(text: string, removed: readonly Removed[]): Redacted {
  let at = 0;
  let out = '';
  for (const { kind, start, end } of removed) {
    out += `${text.slice(at, start)}[${kind}]`;
    at = end;
  }
  return { text: out + text.slice(at), removed };
}

const placeholder =
  /\[(?:name|phone|e-mail|address|postcode|vehicle|date|account|reference|link)\]/g;

/** The words that are left, for a search: a placeholder says nothing of the subject. */
export function withoutPlaceholders(text: string): string {
  return text.replace(placeholder, ' ').replace(/\s+/g, ' ').trim();
}

/** True when what is left still asks something: two words that carry meaning, or one of three letters or more in it. */
export function isMeaningful(redacted: string): boolean {
  const words =
    withoutPlaceholders(redacted)
      .toLowerCase()
      .match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  const telling = words.filter((word) => !stopWords.has(word));
  return telling.some((word) => word.length >= 3);
}
