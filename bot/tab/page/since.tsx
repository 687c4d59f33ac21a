import { sayDay } from '../../../src/core/days.js';
import type { LineKey } from '../../../src/core/review.js';
import type { Difference, ReviewDetail } from '../../../src/core/review-detail.js';
import { differencePhrases } from '../../../src/core/review-phrases.js';
import { nameOfLine } from './line-sources.js';
import { Mark } from './parts.js';

type Since = NonNullable<ReviewDetail['since']>;
type Go = (key: LineKey) => void;

const groups = [
  ['Changed', ({ before, after }: Difference) => before !== undefined && after !== undefined],
  ['Added', ({ before }: Difference) => before === undefined],
  ['Removed', ({ after }: Difference) => after === undefined],
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
  const { version, on, differences } = since;
  const there = new Set(detail.lines.map(({ key }) => key));
  if (differences.length === 0)
    return (
      <p>
        <strong>Nothing has changed since version {version}.</strong> Its author sent the same
        again.
      </p>
    );
  return (
    <>
      {on !== detail.summary.on && (
        <p className="quiet">
          Version {version} counts days to {sayDay(on)}, this one to {sayDay(detail.summary.on)}:
          what only says how many days there are may differ for that alone.
        </p>
      )}
      {groups.map(([title, isOfIt]) => {
        const own = differences.filter(isOfIt);
        if (own.length === 0) return null;
        return (
          <details key={title} open={own.length <= 12}>
            <summary>
              {title} ({own.length})
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
  const name = `${differencePhrases[part]}${line ? ` ${nameOfLine(line)}` : ''}`;
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
          The words are the same; the reply behind them was given anew. <ins>{after}</ins>
        </p>
      ) : (
        <dl>
          {before !== undefined && (
            <>
              <dt>Was</dt>
              <dd>
                <del>{before}</del>
              </dd>
            </>
          )}
          {after !== undefined && (
            <>
              <dt>Is now</dt>
              <dd>
                <ins>{after}</ins>
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
  const one = since.differences.find((difference) => difference.line === line);
  if (!one) return null;
  const what = one.before === undefined ? 'new' : 'changed';
  return (
    <Mark kind="strong">
      {what} since version {since.version}
    </Mark>
  );
}

/** How a line read in the version decided on, where it read otherwise. */
export function WasBefore({ since, line }: { readonly since: Since; readonly line: LineKey }) {
  const one = since.differences.find((difference) => difference.line === line);
  if (!one) return null;
  if (one.before === undefined) return <p>Not in version {since.version}.</p>;
  return (
    <p>
      In version {since.version}: {one.before === one.after ? one.before : <del>{one.before}</del>}
    </p>
  );
}
