import type { LineKey } from '../../../src/core/review.js';
import type { Difference, ReviewDetail } from '../../../src/core/review-detail.js';
import { nameOfLine } from './line-sources.js';
import { Mark } from './parts.js';
import { useEnglishLang, useWords } from './words/language.js';

type Since = NonNullable<ReviewDetail['since']>;
type Go = (key: LineKey) => void;

const groups = [
  ['changed', ({ before, after }: Difference) => before !== undefined && after !== undefined],
  ['added', ({ before }: Difference) => before === undefined],
  ['removed', ({ after }: Difference) => after === undefined],
] as const;

/** What a summary that was sent again says otherwise than the version that was decided on, both in full. */
export function SinceDecision({
  since,
  detail,
  go,
}: {
  readonly since: Since;
  readonly detail: ReviewDetail;
  readonly go: Go;
}) {
  const { dates, review } = useWords();
  const { version, on, differences } = since;
  const there = new Set(detail.lines.map(({ key }) => key));
  if (differences.length === 0)
    return (
      <p>
        <strong>{review.nothingSince(version)}</strong> {review.sameAgain}
      </p>
    );
  return (
    <>
      {on !== detail.summary.on && (
        <p className="quiet">
          {review.countsDays(version, dates.day(on), dates.day(detail.summary.on))}
        </p>
      )}
      {groups.map(([group, isOfIt]) => {
        const own = differences.filter(isOfIt);
        if (own.length === 0) return null;
        return (
          <details key={group} open={own.length <= 12}>
            <summary>
              {review.sinceGroups[group]} ({own.length})
            </summary>
            <ul className="differences">
              {own.map((one) => (
                <li key={`${one.part} ${one.line} ${one.before} ${one.after}`}>
                  <Changed
                    one={one}
                    isThere={one.line !== undefined && there.has(one.line)}
                    go={go}
                  />
                </li>
              ))}
            </ul>
          </details>
        );
      })}
    </>
  );
}

function Changed({
  one: { part, line, before, after },
  isThere,
  go,
}: {
  readonly one: Difference;
  readonly isThere: boolean;
  readonly go: Go;
}) {
  const words = useWords();
  const { core, review } = words;
  const english = useEnglishLang();
  const name = `${core.differences[part]}${line ? ` ${nameOfLine(line, words)}` : ''}`;
  return (
    <>
      {line && isThere ? (
        <button type="button" className="plain" onClick={() => go(line)}>
          {name}
        </button>
      ) : (
        <strong>{name}</strong>
      )}
      {before !== undefined && before === after ? (
        <p>
          {review.sameWords} <ins lang={english}>{after}</ins>
        </p>
      ) : (
        <dl>
          {before !== undefined && (
            <>
              <dt>{review.was}</dt>
              <dd>
                <del lang={english}>{before}</del>
              </dd>
            </>
          )}
          {after !== undefined && (
            <>
              <dt>{review.isNow}</dt>
              <dd>
                <ins lang={english}>{after}</ins>
              </dd>
            </>
          )}
        </dl>
      )}
    </>
  );
}

/** What became of a line since the version decided on, beside the line itself. */
export function ChangedMark({ since, line }: { readonly since: Since; readonly line: LineKey }) {
  const { review } = useWords();
  const one = since.differences.find((difference) => difference.line === line);
  if (!one) return null;
  const say = one.before === undefined ? review.newSince : review.otherSince;
  return <Mark kind="strong">{say(since.version)}</Mark>;
}

/** How a line read in the version decided on, where it read otherwise. */
export function WasBefore({ since, line }: { readonly since: Since; readonly line: LineKey }) {
  const { review } = useWords();
  const english = useEnglishLang();
  const one = since.differences.find((difference) => difference.line === line);
  if (!one) return null;
  if (one.before === undefined) return <p>{review.notInVersion(since.version)}</p>;
  return (
    <p>
      {review.inVersion(since.version)}{' '}
      <span lang={english}>{one.before === one.after ? one.before : <del>{one.before}</del>}</span>
    </p>
  );
}
