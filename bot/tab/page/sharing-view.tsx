import { Button, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useEffect, useMemo, useState } from 'react';
import type { SummaryLine } from '../../../src/core/case-summary-schema.js';
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
import { useEnglishLang, useWords } from './words/language.js';

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
  const w = useWords();
  const { frame, core, dates, sharing } = w;
  const english = useEnglishLang();
  const sections = useMemo(() => sectionsOf(detail, w), [detail, w]);
  const sources = useMemo(() => sourcesOf(detail.summary), [detail]);
  const { names, summary } = detail;
  const nameOf = (id: string | undefined) =>
    (id === undefined ? undefined : names[id]) ?? frame.unnamed;
  const { flags, incomplete, timeline } = summary;
  return (
    <>
      <Standing detail={detail} nameOf={nameOf} />
      <p>
        {sharing.sharedBy(nameOf(shared.by), dates.time(shared.at))}{' '}
        {sayAgreement({ ...shared, on: shared.agreedOn }, w)}
      </p>
      <p className="quiet">
        {sayParts(shared.parts, w)} {sharing.holdMore}{' '}
        <span lang={english}>{incomplete.join(' ')}</span>
      </p>
      {flags.length > 0 && (
        <Block id="flags" title={sharing.flagsRaised}>
          <ul>
            {flags.map(({ level, about, at, question, screening }) => (
              <li key={`${level} ${screening} ${question} ${about}`}>
                <Mark kind={level === 'red' ? 'strong' : 'plain'}>{core.flagLevels[level]}</Mark>{' '}
                <span lang={english}>{about}</span> <span className="quiet">{dates.time(at)}</span>
              </li>
            ))}
          </ul>
        </Block>
      )}
      {sections.map(({ id, title, isOfScript, lines }) => (
        <Block key={id} id={id} title={title} titleLang={isOfScript ? english : undefined}>
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
        <Block id="timeline" title={sharing.timeline}>
          <Timeline id={detail.id} timeline={timeline} quotes={detail.quotes} hasPicture />
        </Block>
      )}
      {detail.may.copy && (
        <Block id="documents" title={sharing.documents}>
          <Documents detail={detail} />
        </Block>
      )}
      <Block id="leave" title={sharing.leave}>
        <Leave id={detail.id} caseRef={detail.caseRef} />
      </Block>
    </>
  );
}

type NameOf = (id: string | undefined) => string;

function Standing({ detail, nameOf }: { readonly detail: ReviewDetail; readonly nameOf: NameOf }) {
  const { dates, sharing } = useWords();
  const { decision, version, versions } = detail;
  const sent = versions.at(-1);
  const isApproved = decision?.kind === 'approved';
  return (
    <MessageBar intent={isApproved ? 'success' : 'warning'} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>
          {isApproved
            ? sharing.approved(version, nameOf(decision.by), dates.time(decision.at))
            : sharing.draft(version)}
        </MessageBarTitle>{' '}
        {sent && `${sharing.sentBy(nameOf(sent.by), dates.time(sent.submittedAt))} `}
        {!isApproved && sharing.checkFirst}
      </MessageBarBody>
    </MessageBar>
  );
}

function Line({ line }: { readonly line: ReviewLine }) {
  const { core, lines } = useWords();
  const english = useEnglishLang();
  return (
    <>
      <span lang={english}>{line.text}</span>{' '}
      {line.status && line.status !== 'answered' && (
        <Mark kind="absent">{core.statuses[line.status]}</Mark>
      )}
      {saysWhatNotToUse(line) && <Mark kind="strong">{lines.marks.unsafe}</Mark>}
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
  const { dates, sharing } = useWords();
  const { by, at, question } = drafted.from;
  return (
    <>
      {by && at && <span className="quiet"> {sharing.recordedBy(nameOf(by), dates.time(at))}</span>}
      {drafted.cites.length > 0 && (
        <details>
          <summary>
            {sharing.guidance} <Spoken>{sharing.behind(question)}</Spoken>
          </summary>
          <Cites cites={drafted.cites} quotes={quotes} />
        </details>
      )}
    </>
  );
}

function Leave({ id, caseRef }: { readonly id: string; readonly caseRef: string }) {
  const announce = useAnnounce();
  const { sharing } = useWords();
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<string>();
  const leave = async () => {
    const answer = await postTo(`reviews/${encodeURIComponent(id)}/leave`, {});
    // It is over either way: ended by the police a moment before, or by this.
    const isOver = answer.kind === 'failed' && endedKinds.includes(answer.failure.kind);
    if (answer.kind === 'failed' && !isOver) return setProblem(answer.failure.message);
    announce(sharing.left(caseRef));
    window.location.hash = sharedAddress;
  };
  if (!isOpen)
    return (
      <p className="buttons">
        <Button onClick={() => setOpen(true)}>{sharing.leave}</Button>
      </p>
    );
  return (
    <PageForm name={sharing.leave} onSubmit={() => void leave()}>
      <p>{sharing.closedAtOnce}</p>
      {problem && <Problem words={problem} />}
      <p className="buttons">
        <Button type="submit" appearance="primary" autoFocus>
          {sharing.leaveNow}
        </Button>
        <Button onClick={() => setOpen(false)}>{sharing.stay}</Button>
      </p>
    </PageForm>
  );
}

/** What the server says when a case is no longer shared with whoever asks. */
export const endedKinds: readonly string[] = ['no-longer-shared', 'already-ended', 'not-found'];
