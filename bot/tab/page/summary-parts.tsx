import type { CaseSummary } from '../../../src/core/case-summary-schema.js';
import { sayTime } from '../../../src/core/days.js';
import type { LineKey } from '../../../src/core/review.js';
import type { ReviewDetail } from '../../../src/core/review-detail.js';
import { nameOfLine } from './line-sources.js';
import { Mark } from './parts.js';

type PartProps = { readonly detail: ReviewDetail; readonly go: (key: LineKey) => void };

/** The flags raised, each with the question it came from. */
export function FlagList({ detail, go }: PartProps) {
  return (
    <ul className="flags">
      {detail.summary.flags.map(({ level, about, question, screening, at }) => {
        const key = question && `${screening} ${question}`;
        const line = detail.lines.find((one) => one.key === key);
        return (
          <li key={`${level} ${screening} ${question} ${about}`}>
            <Mark kind={level === 'red' ? 'strong' : 'plain'}>{level.toUpperCase()}</Mark> {about}{' '}
            <span className="quiet">
              {line ? <LineLink lineKey={line.key} go={go} /> : (question ?? 'DANGER pressed')},{' '}
              {sayTime(at)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

const absentKinds = [
  ['declined', 'Declined'],
  ['not known', 'Not known'],
  ['not asked', 'Not asked'],
  ['not reached', 'Not reached'],
] as const;

/** Answers that are not there, by the reason; none of them is a "no". */
export function AbsentAnswers({ detail, go }: PartProps) {
  const groups = absentKinds
    .map(([status, title]) => ({
      title,
      lines: detail.lines.filter((line) => line.status === status && line.section !== 'dropped'),
    }))
    .filter(({ lines }) => lines.length > 0);
  return (
    <>
      <p className="quiet">
        {groups.length === 0
          ? 'Every question that applied has an answer.'
          : 'None of these is a “no”.'}
      </p>
      {groups.map(({ title, lines }) => (
        <details key={title}>
          <summary>
            {title} ({lines.length})
          </summary>
          <ul>
            {lines.map((line) => (
              <li key={line.key}>
                <LineLink lineKey={line.key} go={go} /> {line.text}
              </li>
            ))}
          </ul>
        </details>
      ))}
    </>
  );
}

/** Which screenings the summary holds, how each ended, and which questions did not apply. */
export function Screenings({ summary }: { readonly summary: CaseSummary }) {
  return (
    <>
      <ul>
        {summary.screenings.map(({ id, title, version, state, startedAt, notApplicable }) => (
          <li key={id}>
            {title} (version {version}): {state}, begun {sayTime(startedAt)}.
            {notApplicable.length > 0 && (
              <span className="quiet"> Did not apply: {notApplicable.join(', ')}.</span>
            )}
          </li>
        ))}
      </ul>
      {summary.notes.length > 0 && <PlainList items={summary.notes} />}
    </>
  );
}

export function PlainList({ items }: { readonly items: readonly string[] }) {
  return (
    <ul>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}

function LineLink({ lineKey, go }: { readonly lineKey: LineKey; readonly go: PartProps['go'] }) {
  return (
    <button type="button" className="plain" onClick={() => go(lineKey)}>
      {nameOfLine(lineKey)}
    </button>
  );
}
