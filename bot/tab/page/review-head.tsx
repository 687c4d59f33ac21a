import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { sayTime } from '../../../src/core/days.js';
import type { LineKey } from '../../../src/core/review.js';
import type { ReviewDecision, ReviewDetail } from '../../../src/core/review-detail.js';
import { returnCodePhrases, versionPhrases } from '../../../src/core/review-phrases.js';
import { summaryHeader } from '../../../src/core/summary-markdown.js';
import { nameOfLine } from './line-sources.js';
import { Mark } from './parts.js';
import type { Me } from './person.js';
import { addressInQueue, queueBehind, versionAddress } from './queue-query.js';
import { Differences } from './refusal.js';
import { historyAddress, useHash } from './route.js';
import { SinceDecision } from './since.js';
import { stateWords } from './words.js';

type HeadProps = {
  readonly detail: ReviewDetail;
  readonly me: Me;
  readonly go: (key: LineKey) => void;
};

/** Where a review stands: version, author, decision, what changed since, and earlier returns. */
export function ReviewHead({ detail, me, go }: HeadProps) {
  const { names, versions, decision, differences, summary } = detail;
  const nameOf = (id: string) => names[id] ?? 'a user not named here';
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
            <MessageBarTitle>
              You are reading version {detail.version} as it stood when the next was sent.
            </MessageBarTitle>{' '}
            Nothing can be done in it.{' '}
            <a href={addressInQueue(detail.id, query)}>Open version {newest}, the newest</a>
          </MessageBarBody>
        </MessageBar>
      )}
      <p>
        <Mark kind="plain">
          {newest === undefined || !version
            ? stateWords[detail.state]
            : versionPhrases[version.state]}
        </Mark>{' '}
        Version {detail.version}
        {version && `, sent by ${nameOf(version.by)} on ${sayTime(version.submittedAt)}`}.
        {detail.handedTo &&
          ` Handed to ${detail.handedTo === me.id ? 'you' : nameOf(detail.handedTo)}.`}
        {detail.may.history && (
          <>
            {' '}
            <a href={historyAddress(detail.id)}>History of this case</a>
          </>
        )}
      </p>
      {version?.note && !since && <AuthorNote note={version.note} />}
      <p className="quiet">{summaryHeader(version ? nameOf(version.by) : 'its author')}</p>
      {decision && <DecisionBox decision={decision} detail={detail} go={go} />}
      {detail.isOwnCase && detail.state === 'waiting' && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            You recorded or sent some of this case: another supervisor has to review it.
          </MessageBarBody>
        </MessageBar>
      )}
      {summary.incomplete.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>Incomplete: see the absent answers.</MessageBarTitle>{' '}
            {summary.incomplete.join(' ')}
          </MessageBarBody>
        </MessageBar>
      )}
      {found.length > 0 && (
        <p>
          Words to reconsider in{' '}
          {found.map(({ key }) => (
            <button key={key} type="button" className="plain" onClick={() => go(key)}>
              {nameOfLine(key)}
            </button>
          ))}
        </p>
      )}
      {differences && differences.length > 0 && (
        <details className="since">
          <summary>The case has changed since this version was sent: see what</summary>
          <Differences differences={differences} />
        </details>
      )}
      {since && (
        <section className="since" aria-labelledby="head-since">
          <h2 id="head-since">
            Since version {since.version} was {since.decision.kind}
          </h2>
          <DecisionBox decision={since.decision} detail={detail} go={go} />
          {version?.note ? (
            <AuthorNote note={version.note} />
          ) : (
            <p className="quiet">The author sent no note with it.</p>
          )}
          <SinceDecision since={since} detail={detail} go={go} />
        </section>
      )}
      {earlier.length > 0 && (
        <details className="since">
          <summary>Earlier returns ({earlier.length})</summary>
          {earlier.map((one) => (
            <DecisionBox key={one.at} decision={one} detail={detail} go={go} />
          ))}
        </details>
      )}
      {versions.length > 1 && (
        <details className="since">
          <summary>Versions ({versions.length})</summary>
          <ul>
            {versions.map((one) => (
              <li key={one.version}>
                Version {one.version}: {versionPhrases[one.state].toLowerCase()}. Sent by{' '}
                {nameOf(one.by)}, {sayTime(one.submittedAt)}.{' '}
                {one.version === detail.version ? (
                  'The one you are reading.'
                ) : (
                  <a href={versionAddress(detail.id, one.version, query)}>
                    Read version {one.version}
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
  return (
    <p>
      Note of the author: <q>{note}</q>
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
  const who = detail.names[decision.by] ?? 'a user not named here';
  const title = decision.kind === 'approved' ? 'Approved' : 'Returned';
  return (
    <MessageBar intent={decision.kind === 'approved' ? 'success' : 'warning'} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>
          {title}: version {decision.version}, by {who}, {sayTime(decision.at)}.
        </MessageBarTitle>
        {decision.kind === 'returned' && (
          <ul>
            {decision.codes.map((code) => (
              <li key={code}>{returnCodePhrases[code]}</li>
            ))}
          </ul>
        )}
        {decision.note && (
          <p>
            <q>{decision.note}</q>
          </p>
        )}
        {decision.kind === 'returned' && decision.lines.length > 0 && (
          <p>
            Lines in question:{' '}
            {decision.lines.map((key) =>
              detail.lines.some((line) => line.key === key) ? (
                <button key={key} type="button" className="plain" onClick={() => go(key)}>
                  {nameOfLine(key)}
                </button>
              ) : (
                <span key={key}>{nameOfLine(key)} (gone) </span>
              ),
            )}
          </p>
        )}
      </MessageBarBody>
    </MessageBar>
  );
}
