import type { Ranked } from './peers.js';

/** Rankings as a TREC run file: a line a passage, `question Q0 passage rank score tag`, ranks from 1. */
export function trecRun(
  rankings: readonly { readonly question: string; readonly ranked: readonly Ranked[] }[],
  tag: string,
): string {
  return rankings
    .flatMap(({ question, ranked }) =>
      ranked.map(
        ({ id, score }, index) => `${question} Q0 ${id} ${index + 1} ${score.toFixed(6)} ${tag}\n`,
      ),
    )
    .join('');
}
