import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { sayTime } from '../../../src/core/days.js';
import type { LineKey } from '../../../src/core/review.js';
import type { ReviewDecision, ReviewDetail } from '../../../src/core/review-detail.js';
import { returnCodePhrases, versionPhrases } from '../../../src/core/review-phrases.js';
import { summaryHeader } from '../../../src/core/summary-markdown.js';
import { nameOfLine } from './line-sources.js';
import { Mark } from './parts.js';
import type { Me } from './person.js';
import { Differences } from './refusal.js';
import { historyAddress } from './route.js';
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
  return (
    <div className="head">
      <p>
        <Mark kind="plain">{stateWords[detail.state]}</Mark> Version {detail.version}
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
      {version?.note && (
        <p>
          Note of the author: <q>{version.note}</q>
        </p>
      )}
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
      {differences && differences.length > 0 && (
        <details className="since">
          <summary>The case has changed since this version was sent: see what</summary>
          <Differences differences={differences} />
        </details>
      )}
      {detail.returns.length > 0 && (
        <details className="since">
          <summary>Earlier returns ({detail.returns.length})</summary>
          {detail.returns.map((one) => (
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
                {nameOf(one.by)}, {sayTime(one.submittedAt)}.
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
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
            {decision.lines.map((key) => (
              <button key={key} type="button" className="plain" onClick={() => go(key)}>
                {nameOfLine(key)}
              </button>
            ))}
          </p>
        )}
      </MessageBarBody>
    </MessageBar>
  );
}
