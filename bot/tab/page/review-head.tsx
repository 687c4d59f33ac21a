import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { LineKey } from '../../../src/core/review.js';
import type { ReviewDecision, ReviewDetail } from '../../../src/core/review-detail.js';
import { nameOfLine } from './line-sources.js';
import { Mark } from './parts.js';
import type { Me } from './person.js';
import { addressInQueue, queueBehind, versionAddress } from './queue-query.js';
import { Differences } from './refusal.js';
import { historyAddress, useHash } from './route.js';
import { SinceDecision } from './since.js';
import { useEnglishLang, useWords } from './words/language.js';

type HeadProps = {
  readonly detail: ReviewDetail;
  readonly me: Me;
  readonly go: (key: LineKey) => void;
};

/**
 * Where a review stands: version, author, decision, what changed since, and earlier returns. Over 200 lines: its parts
 * are small and stand on the page in this order.
 */
export function ReviewHead({ detail, me, go }: HeadProps) {
  const { names, versions, decision, differences, summary } = detail;
  const w = useWords();
  const { frame, core, dates, review } = w;
  const english = useEnglishLang();
  const nameOf = (id: string) => names[id] ?? frame.unnamed;
  const version = versions.at(-1);
  const { since, newest } = detail;
  const found = detail.lines.filter(({ findings }) => findings.length > 0);
  const earlier = detail.returns.filter((one) => one.version !== since?.version);
  const query = queueBehind(useHash());
  return (
    <div className="head">
      {newest !== undefined && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{review.readingEarlier(detail.version)}</MessageBarTitle>{' '}
            {review.nothingInIt}{' '}
            <a href={addressInQueue(detail.id, query)}>{review.openNewest(newest)}</a>
          </MessageBarBody>
        </MessageBar>
      )}
      <p>
        <Mark kind="plain">
          {newest === undefined || !version
            ? review.states[detail.state]
            : core.versions[version.state]}
        </Mark>{' '}
        {review.version(detail.version)}
        {version && review.sentBy(nameOf(version.by), dates.time(version.submittedAt))}.
        {detail.handedTo &&
          ` ${review.handedTo(detail.handedTo === me.id ? w.queue.you : nameOf(detail.handedTo))}`}
        {detail.may.history && (
          <>
            {' '}
            <a href={historyAddress(detail.id)}>{review.history}</a>
          </>
        )}
      </p>
      {version?.note && !since && <AuthorNote note={version.note} />}
      {detail.state !== 'approved' && (
        <p className="quiet">
          {core.summaryHeader(version ? nameOf(version.by) : review.itsAuthor)}
        </p>
      )}
      {decision && <DecisionBox decision={decision} detail={detail} go={go} />}
      {detail.isOwnCase && detail.state === 'waiting' && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{review.ownCase}</MessageBarBody>
        </MessageBar>
      )}
      {summary.incomplete.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{review.incomplete}</MessageBarTitle>{' '}
            <span lang={english}>{summary.incomplete.join(' ')}</span>
          </MessageBarBody>
        </MessageBar>
      )}
      {found.length > 0 && (
        <p>
          {review.toReconsiderIn}{' '}
          {found.map(({ key }) => (
            <button key={key} type="button" className="plain" onClick={() => go(key)}>
              {nameOfLine(key, w)}
            </button>
          ))}
        </p>
      )}
      {differences && differences.length > 0 && (
        <details className="since">
          <summary>{review.changedSinceSent}</summary>
          <Differences differences={differences} />
        </details>
      )}
      {since && (
        <section className="since" aria-labelledby="head-since">
          <h2 id="head-since">{review.sinceVersion[since.decision.kind](since.version)}</h2>
          <DecisionBox decision={since.decision} detail={detail} go={go} />
          {version?.note ? (
            <AuthorNote note={version.note} />
          ) : (
            <p className="quiet">{review.noNote}</p>
          )}
          <SinceDecision since={since} detail={detail} go={go} />
        </section>
      )}
      {earlier.length > 0 && (
        <details className="since">
          <summary>{review.earlierReturns(earlier.length)}</summary>
          {earlier.map((one) => (
            <DecisionBox key={one.at} decision={one} detail={detail} go={go} />
          ))}
        </details>
      )}
      {versions.length > 1 && (
        <details className="since">
          <summary>{review.versions(versions.length)}</summary>
          <ul>
            {versions.map((one) => (
              <li key={one.version}>
                {review.versionSent(
                  one.version,
                  core.versions[one.state],
                  nameOf(one.by),
                  dates.time(one.submittedAt),
                )}{' '}
                {one.version === detail.version ? (
                  review.thisOne
                ) : (
                  <a href={versionAddress(detail.id, one.version, query)}>
                    {review.readVersion(one.version)}
                  </a>
                )}
                {one.note && <AuthorNote note={one.note} />}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function AuthorNote({ note }: { readonly note: string }) {
  const { review } = useWords();
  return (
    <p>
      {review.authorNote} <q lang={useEnglishLang()}>{note}</q>
    </p>
  );
}

function DecisionBox({
  decision,
  detail,
  go,
}: {
  readonly decision: ReviewDecision;
  readonly detail: ReviewDetail;
  readonly go: (key: LineKey) => void;
}) {
  const w = useWords();
  const { frame, core, dates, review } = w;
  const english = useEnglishLang();
  const who = detail.names[decision.by] ?? frame.unnamed;
  return (
    <MessageBar intent={decision.kind === 'approved' ? 'success' : 'warning'} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>
          {review.decisions[decision.kind](decision.version, who, dates.time(decision.at))}
        </MessageBarTitle>
        {decision.kind === 'returned' && (
          <ul>
            {decision.codes.map((code) => (
              <li key={code}>{core.returnCodes[code]}</li>
            ))}
          </ul>
        )}
        {decision.note && (
          <p>
            <q lang={english}>{decision.note}</q>
          </p>
        )}
        {decision.kind === 'returned' && decision.lines.length > 0 && (
          <p>
            {review.linesInQuestion}{' '}
            {decision.lines.map((key) =>
              detail.lines.some((line) => line.key === key) ? (
                <button key={key} type="button" className="plain" onClick={() => go(key)}>
                  {nameOfLine(key, w)}
                </button>
              ) : (
                <span key={key}>
                  {nameOfLine(key, w)} {review.gone}{' '}
                </span>
              ),
            )}
          </p>
        )}
      </MessageBarBody>
    </MessageBar>
  );
}
