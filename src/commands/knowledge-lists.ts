import type { Knowledge } from '../core/knowledge.js';
import { type Count, statsOf } from '../core/knowledge-stats.js';
import { listStale } from '../core/stale.js';

/** Prints what needs eyes again on a day. */
export function stale(knowledge: Knowledge, on: string): number {
  const { overdue, dueSoon, drafts, oldSources, unapproved } = listStale(knowledge, on);
  const lines = [...overdue, ...dueSoon, ...drafts, ...oldSources, ...unapproved];
  for (const line of lines) process.stdout.write(`${line}\n`);
  process.stdout.write(
    lines.length === 0
      ? 'Nothing is due.\n'
      : `${overdue.length} overdue, ${dueSoon.length} due within 30 days, ${drafts.length} drafts, ${oldSources.length} sources last read over a year ago, ${unapproved.length} not approved by two.\n`,
  );
  return 0;
}

/** Prints counts over the passages. */
export function stats(knowledge: Knowledge, today: string): number {
  const found = statsOf(knowledge, today);
  const { age, words } = found;
  const table = (title: string, counts: readonly Count[]) => [
    '',
    title,
    ...counts.map(({ name, passages }) => `${String(passages).padStart(6)}  ${name}`),
  ];
  const lines = [
    `${found.passages} passages with ${found.statements} statements and ${words.sum} words (${words.least} to ${words.most} a passage, half have ${words.median} or fewer).`,
    `Checked ${age.least} to ${age.most} days ago, half of them ${age.median} or fewer.`,
    ...table('By status', found.statuses),
    ...table('By topic', found.topics),
    ...table('By audience (a passage may have several)', found.audiences),
    ...table('By source (a passage may cite several)', found.sources),
    ...table('By licence of those sources', found.licences),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}
