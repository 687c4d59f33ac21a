/**
 * Finds the known word that a mistyped one was meant to be: one slip (a letter wrong, missing, added, or two
 * swapped; Damerau 1964) in a short word, two in a longer one. The first letter is taken as right, or swapped with
 * the second, since slips there are rare and words that differ there are many. The nearest wins, then the word that
 * stands in most documents.
 */
export type FindNeighbour = (word: string) => string | undefined;

type Known = { readonly word: string; readonly letters: number; readonly uses: number };

/** `uses` is in how many documents a word stands. */
export function makeFindNeighbour(
  vocabulary: Iterable<{ readonly word: string; readonly uses: number }>,
): FindNeighbour {
  const byFirst = new Map<string, Known[]>();
  for (const { word, uses } of vocabulary) {
    const list = byFirst.get(keyOf(word, 0));
    const known = { word, letters: lettersOf(word), uses };
    if (list) list.push(known);
    else byFirst.set(keyOf(word, 0), [known]);
  }
  return (word) => {
    if (word.length < 4 || word.length > longest || /\d/.test(word)) return undefined;
    const most = word.length < 6 ? 1 : 2;
    const letters = lettersOf(word);
    let nearest: { readonly known: Known; readonly slips: number } | undefined;
    const look = (known: Known) => {
      // A slip changes at most two of the letters that occur.
      if (bitsOf(letters ^ known.letters) > 2 * most) return;
      const slips = slipsBetween(word, known.word, nearest?.slips ?? most);
      if (slips > (nearest?.slips ?? most)) return;
      if (slips === nearest?.slips && known.uses <= nearest.known.uses) return;
      nearest = { known, slips };
    };
    for (let more = -most; more <= most; more += 1) {
      for (const known of byFirst.get(keyOf(word, more)) ?? []) look(known);
      for (const known of byFirst.get(keyOf(swapped(word), more)) ?? [])
        if (known.word[1] === word[0]) look(known);
    }
    return nearest?.known.word;
  };
}

/** Longer "words" are keys and addresses, not slips. */
const longest = 32;

function keyOf(word: string, more: number): string {
  return `${word[0]}${word.length + more}`;
}

function swapped(word: string): string {
  return `${word[1]}${word[0]}${word.slice(2)}`;
}

/** One bit for each letter that occurs; letters beyond a to z share bits. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at += 1) letters |= 1 << ((word.charCodeAt(at) - 97) % 32);
  return letters;
}

function bitsOf(letters: number): number {
  let bits = 0;
  for (let left = letters; left !== 0; left &= left - 1) bits += 1;
  return bits;
}

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours; beyond `most`, more. */
function slipsBetween(one: string, other: string, most: number): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      const kept = (row[j - 1] ?? 0) + same;
      const changed = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, kept);
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const slips = isSwap ? Math.min(changed, (before[j - 2] ?? 0) + 1) : changed;
      next.push(slips);
      least = Math.min(least, slips);
    }
    // A swap reaches back two rows, and costs one: nothing below can fall under this again.
    if (least > most + 1) return least;
    before = row;
    row = next;
  }
  return row[other.length] ?? 0;
}
