import { Button, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useEffect, useMemo, useState } from 'react';
import type { SummaryLine } from '../../../src/core/case-summary-schema.js';
import { sayTime } from '../../../src/core/days.js';
import type { ReviewDetail, ReviewLine } from '../../../src/core/review-detail.js';
import { useAnnounce } from './announce.js';
import { postTo } from './api.js';
import { Block } from './blocks.js';
import { Cites } from './cites.js';
import { Documents } from './documents.js';
import { saysWhatNotToUse, sectionsOf, sourcesOf } from './line-sources.js';
import { Mark, PageForm, Problem, Spoken } from './parts.js';
import { sharedAddress } from './route.js';
import { sayAgreement, sayParts } from './sharing.js';
import { Timeline } from './timeline.js';

/** A case as it is shared with an advocate: to be read, and to be left. */
export function SharedCase({
  detail,
  shared,
  reload,
}: {
  readonly detail: ReviewDetail;
  readonly shared: NonNullable<ReviewDetail['shared']>;
  readonly reload: () => void;
}) {
  // Asked anew whenever somebody comes back to the page: what was shared may be over.
  useEffect(() => {
    const ask = () => {
      if (document.visibilityState === 'visible') reload();
    };
    document.addEventListener('visibilitychange', ask);
    return () => document.removeEventListener('visibilitychange', ask);
  }, [reload]);
  const sections = useMemo(() => sectionsOf(detail), [detail]);
  const sources = useMemo(() => sourcesOf(detail.summary), [detail]);
  const { names, summary } = detail;
  const nameOf = (id: string | undefined) =>
    (id === undefined ? undefined : names[id]) ?? 'a user not named here';
  const { flags, incomplete, timeline } = summary;
  return (
    <>
      <Standing detail={detail} nameOf={nameOf} />
      <p>
        Shared with you by {nameOf(shared.by)}, {sayTime(shared.at)}.{' '}
        {sayAgreement({ ...shared, on: shared.agreedOn })}
      </p>
      <p className="quiet">
        {sayParts(shared.parts)} The police hold more than is shown here: that something does not
        stand here does not mean that it did not happen. {incomplete.join(' ')}
      </p>
      {flags.length > 0 && (
        <Block id="flags" title="Flags raised">
          <ul>
            {flags.map(({ level, about, at, question, screening }) => (
              <li key={`${level} ${screening} ${question} ${about}`}>
                <Mark kind={level === 'red' ? 'strong' : 'plain'}>{level.toUpperCase()}</Mark>{' '}
                {about} <span className="quiet">{sayTime(at)}</span>
              </li>
            ))}
          </ul>
        </Block>
      )}
      {sections.map(({ id, title, lines }) => (
        <Block key={id} id={id} title={title}>
          <ul>
            {lines.map((line) => {
              const source = sources.get(line.key);
              const drafted = source?.kind === 'reply' ? source.line : undefined;
              return (
                <li key={line.key}>
                  <Line line={line} />
                  {drafted && <RestsOn drafted={drafted} quotes={detail.quotes} nameOf={nameOf} />}
                </li>
              );
            })}
          </ul>
        </Block>
      ))}
      {timeline && (
        <Block id="timeline" title="Timeline">
          <Timeline id={detail.id} timeline={timeline} quotes={detail.quotes} hasPicture />
        </Block>
      )}
      {detail.may.copy && (
        <Block id="documents" title="Documents">
          <Documents detail={detail} />
        </Block>
      )}
      <Block id="leave" title="Leave this case">
        <Leave id={detail.id} caseRef={detail.caseRef} />
      </Block>
    </>
  );
}

type NameOf = (id: string | undefined) => string;

function Standing({ detail, nameOf }: { readonly detail: ReviewDetail; readonly nameOf: NameOf }) {
  const { decision, version, versions } = detail;
  const sent = versions.at(-1);
  const isApproved = decision?.kind === 'approved';
  return (
    <MessageBar intent={isApproved ? 'success' : 'warning'} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>
          {isApproved
            ? `Approved: version ${version}, by ${nameOf(decision.by)}, ${sayTime(decision.at)}.`
            : `Draft, not yet approved: version ${version}.`}
        </MessageBarTitle>{' '}
        {sent && `Sent by ${nameOf(sent.by)}, ${sayTime(sent.submittedAt)}. `}
        {!isApproved &&
          'No supervisor has approved it yet: check with the officer before you rely on it.'}
      </MessageBarBody>
    </MessageBar>
  );
}

function Line({ line }: { readonly line: ReviewLine }) {
  return (
    <>
      {line.text}{' '}
      {line.status && line.status !== 'answered' && <Mark kind="absent">{line.status}</Mark>}
      {saysWhatNotToUse(line) && <Mark kind="strong">unsafe to pass on</Mark>}
    </>
  );
}

/** Who recorded it, when, and the guidance behind it. */
function RestsOn(given: {
  readonly drafted: SummaryLine;
  readonly quotes: ReviewDetail['quotes'];
  readonly nameOf: NameOf;
}) {
  const { drafted, quotes, nameOf } = given;
  const { by, at, question } = drafted.from;
  return (
    <>
      {by && at && (
        <span className="quiet">
          {' '}
          Recorded by {nameOf(by)}, {sayTime(at)}.
        </span>
      )}
      {drafted.cites.length > 0 && (
        <details>
          <summary>
            Guidance <Spoken>behind {question}</Spoken>
          </summary>
          <Cites cites={drafted.cites} quotes={quotes} />
        </details>
      )}
    </>
  );
}

function Leave({ id, caseRef }: { readonly id: string; readonly caseRef: string }) {
  const announce = useAnnounce();
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<string>();
  const leave = async () => {
    const answer = await postTo(`reviews/${encodeURIComponent(id)}/leave`, {});
    // It is over either way: ended by the police a moment before, or by this.
    const isOver = answer.kind === 'failed' && endedKinds.includes(answer.failure.kind);
    if (answer.kind === 'failed' && !isOver) return setProblem(answer.failure.message);
    announce(`You have left the case ${caseRef}.`);
    window.location.hash = sharedAddress;
  };
  if (!isOpen)
    return (
      <p className="buttons">
        <Button onClick={() => setOpen(true)}>Leave this case</Button>
      </p>
    );
  return (
    <PageForm name="Leave this case" onSubmit={() => void leave()}>
      <p>
        The case is closed to you at once. Only the police can share it again, with the person’s
        agreement.
      </p>
      {problem && <Problem words={problem} />}
      <p className="buttons">
        <Button type="submit" appearance="primary" autoFocus>
          Leave now
        </Button>
        <Button onClick={() => setOpen(false)}>Stay</Button>
      </p>
    </PageForm>
  );
}

/** What the server says when a case is no longer shared with whoever asks. */
export const endedKinds: readonly string[] = ['no-longer-shared', 'already-ended', 'not-found'];
