import { unapprovedLines } from '../core/approval.js';
import { currentScripts, type Knowledge } from '../core/knowledge.js';
import type { Finding } from '../core/lint-finding.js';
import { lintKnowledge } from '../core/lint-knowledge.js';
import { isOverdue } from '../core/passage.js';
import { warningsOf } from '../core/script-warnings.js';

/** Prints what a person should look at; 1 when something may not ship, or with `strict` when there is anything. */
export function check(
  knowledge: Knowledge,
  today: string,
  changedReleases: readonly string[],
  isStrict: boolean,
): number {
  const findings = lintKnowledge(knowledge, today);
  const level = (wanted: Finding['level']) =>
    findings
      .filter((finding) => finding.level === wanted)
      .map(({ where, reason }) => `${where}: ${reason}`);
  const ofScripts = currentScripts(knowledge).flatMap((script) =>
    warningsOf(script, today).map(
      ({ question, reason }) => `${script.name}.${script.version}, ${question}: ${reason}`,
    ),
  );
  const faults = [...changedReleases, ...level('fault')];
  const warnings = [...ofScripts, ...level('warning'), ...unapprovedLines(knowledge)];
  const overdue = [...knowledge.passages.values()].filter(
    (passage) => passage.status === 'published' && isOverdue(passage, today),
  );
  for (const line of faults) process.stderr.write(`${line}\n`);
  for (const line of warnings) process.stdout.write(`${line}\n`);
  process.stdout.write(
    `${knowledge.scripts.length} scripts and ${knowledge.passages.size} passages can be used: ${faults.length} faults, ${warnings.length} warnings, ${overdue.length} passages due for review.\n`,
  );
  return faults.length > 0 || (isStrict && warnings.length > 0) ? 1 : 0;
}
