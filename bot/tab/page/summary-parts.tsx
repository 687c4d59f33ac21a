import type { CaseSummary } from '../../../src/core/case-summary-schema.js';
import type { LineKey } from '../../../src/core/review.js';
import type { ReviewDetail } from '../../../src/core/review-detail.js';
import { nameOfLine } from './line-sources.js';
import { Mark } from './parts.js';
import { useEnglishLang, useWords } from './words/language.js';

type PartProps = { readonly detail: ReviewDetail; readonly go: (key: LineKey) => void };

/** The flags raised, each with the question it came from. */
export function FlagList({ detail, go }: PartProps) {
  const { core, dates, review } = useWords();
  const english = useEnglishLang();
  return (
    <ul className="flags">
      {detail.summary.flags.map(({ level, about, question, screening, at }) => {
        const key = question && `${screening} ${question}`;
        const line = detail.lines.find((one) => one.key === key);
        return (
          <li key={`${level} ${screening} ${question} ${about}`}>
            <Mark kind={level === 'red' ? 'strong' : 'plain'}>{core.flagLevels[level]}</Mark>{' '}
            <span lang={english}>{about}</span>{' '}
            <span className="quiet">
              {line ? <LineLink lineKey={line.key} go={go} /> : (question ?? review.dangerPressed)},{' '}
              {dates.time(at)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

const absentKinds = ['declined', 'not known', 'not asked', 'not reached'] as const;

/** Answers that are not there, by the reason; none of them is a "no". */
export function AbsentAnswers({ detail, go }: PartProps) {
  const { review } = useWords();
  const english = useEnglishLang();
  const groups = absentKinds
    .map((status) => ({
      title: review.absentKinds[status],
      lines: detail.lines.filter((line) => line.status === status && line.section !== 'dropped'),
    }))
    .filter(({ lines }) => lines.length > 0);
  return (
    <>
      <p className="quiet">{groups.length === 0 ? review.allAnswered : review.noneIsNo}</p>
      {groups.map(({ title, lines }) => (
        <details key={title}>
          <summary>
            {title} ({lines.length})
          </summary>
          <ul>
            {lines.map((line) => (
              <li key={line.key}>
                <LineLink lineKey={line.key} go={go} /> <span lang={english}>{line.text}</span>
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
  const { core, dates, review } = useWords();
  const english = useEnglishLang();
  return (
    <>
      <ul>
        {summary.screenings.map(({ id, title, version, state, startedAt, notApplicable }) => (
          <li key={id}>
            <span lang={english}>{title}</span>
            {review.screeningVersion(version, core.screeningStates[state], dates.time(startedAt))}
            {notApplicable.length > 0 && (
              <span className="quiet">{review.didNotApply(notApplicable.join(', '))}</span>
            )}
          </li>
        ))}
      </ul>
      {summary.notes.length > 0 && <PlainList items={summary.notes} />}
    </>
  );
}

/** Sentences of the server, as it wrote them. */
export function PlainList({ items }: { readonly items: readonly string[] }) {
  return (
    <ul lang={useEnglishLang()}>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}

function LineLink({ lineKey, go }: { readonly lineKey: LineKey; readonly go: PartProps['go'] }) {
  const words = useWords();
  return (
    <button type="button" className="plain" onClick={() => go(lineKey)}>
      {nameOfLine(lineKey, words)}
    </button>
  );
}
