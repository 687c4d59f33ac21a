import { unapprovedLines } from './approval.js';
import { addMonths } from './days.js';
import type { Day } from './ids.js';
import { currentScripts, type Knowledge } from './knowledge.js';
import { isOverdue } from './passage.js';
import { staleWarnings } from './script-warnings.js';

/** What needs a curator's eyes again because time has passed. */

/** One line each; a thing stands under the most urgent heading it belongs to. */
export type Stale = {
  readonly overdue: readonly string[];
  /** Within the next thirty days. */
  readonly dueSoon: readonly string[];
  readonly drafts: readonly string[];
  /** Sources that were last read more than a year ago. */
  readonly oldSources: readonly string[];
  /** Of the force's own: files that two people do not stand for. */
  readonly unapproved: readonly string[];
};

const soonDays = 30;
const oldSourceMonths = 12;

/** Returns what is stale on a day. Retired passages are left out, and scripts that a newer version has replaced. */
export function listStale(knowledge: Knowledge, on: Day): Stale {
  const passages = [...knowledge.passages.values()].filter(({ status }) => status !== 'retired');
  const soon = addDays(on, soonDays);
  const scripts = currentScripts(knowledge);
  const drafts = [
    ...passages.filter(({ status }) => status === 'draft').map(({ id }) => `passage ${id}`),
    ...scripts.filter(({ status }) => status === 'draft').map((script) => nameOf(script)),
  ];
  return {
    overdue: [
      ...passages
        .filter((passage) => isOverdue(passage, on))
        .map(({ id, reviewBy }) => `passage ${id}: was due for review on ${reviewBy}`),
      ...scripts.flatMap((script) =>
        staleWarnings(script, on).map(
          ({ question, reason }) => `${nameOf(script)}, ${question}: ${reason}`,
        ),
      ),
    ],
    dueSoon: passages
      .filter((passage) => !isOverdue(passage, on) && isOverdue(passage, soon))
      .map(({ id, reviewBy }) => `passage ${id}: is due for review on ${reviewBy}`),
    drafts: drafts.map((name) => `${name}: is a draft`),
    oldSources: [...knowledge.sources.values()]
      .filter(({ checkedOn }) => addMonths(checkedOn, oldSourceMonths) < on)
      .map(({ id, checkedOn }) => `source ${id}: was last read on ${checkedOn}`),
    unapproved: unapprovedLines(knowledge),
  };
}

function nameOf({ name, version }: { readonly name: string; readonly version: number }): string {
  return `${name}.${version}`;
}

function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);
}
