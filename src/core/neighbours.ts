/**
 * Finds the known word that a mistyped one was meant to be: one slip (a letter wrong, missing, added, or two
 * swapped) in a short word, two in a longer one, and the same first letter, since slips there are rare and words that
 * differ there are many. Candidates are words that share groups of letters; the nearest wins, ties by order.
 */
export type FindNeighbour = (word: string) => string | undefined;

export function makeFindNeighbour(vocabulary: Iterable<string>): FindNeighbour {
  const byGroup = new Map<string, string[]>();
  for (const word of vocabulary) {
    for (const group of new Set(groupsOf(word))) {
      const list = byGroup.get(group);
      if (list) list.push(word);
      else byGroup.set(group, [word]);
    }
  }
  return (word) => {
    if (word.length < 4 || /\d/.test(word)) return undefined;
    const most = word.length < 6 ? 1 : 2;
    const candidates = new Set(groupsOf(word).flatMap((group) => byGroup.get(group) ?? []));
    let nearest: { readonly known: string; readonly slips: number } | undefined;
    for (const known of candidates) {
      if (known[0] !== word[0] || Math.abs(known.length - word.length) > most) continue;
      const slips = slipsBetween(word, known);
      if (slips <= most && slips < (nearest?.slips ?? most + 1)) nearest = { known, slips };
    }
    return nearest?.known;
  };
}

/** Groups of three letters with the ends marked: "stalk" gives ^st, sta, tal, alk, lk$. */
function groupsOf(word: string): readonly string[] {
  const marked = `^${word}$`;
  return Array.from({ length: marked.length - 2 }, (_, at) => marked.slice(at, at + 3));
}

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours. */
function slipsBetween(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      const kept = (row[j - 1] ?? 0) + same;
      const changed = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, kept);
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      next.push(isSwap ? Math.min(changed, (before[j - 2] ?? 0) + 1) : changed);
    }
    before = row;
    row = next;
  }
  return row[other.length] ?? 0;
}
