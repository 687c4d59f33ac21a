import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { LineKey } from '../../../src/core/review.js';
import type { ReviewDetail } from '../../../src/core/review-detail.js';
import { useActs } from './acts.js';
import { useLoad } from './api.js';
import { Block, Jumps } from './blocks.js';
import { ConflictBlock } from './conflicts.js';
import { Decide } from './decide.js';
import { Documents } from './documents.js';
import { useKept } from './kept.js';
import { focusLine, nextUnchecked } from './line-list.js';
import { LinePanes } from './line-panes.js';
import { sectionsOf } from './line-sources.js';
import { NextOffer } from './next-offer.js';
import { LoadState, Title } from './parts.js';
import type { Me } from './person.js';
import { Points } from './points.js';
import { versionIn } from './queue-query.js';
import { RefusalBox } from './refusal.js';
import { ReviewHead } from './review-head.js';
import { useHash } from './route.js';
import { SendAgain } from './send-again.js';
import { Sharing } from './sharing.js';
import { endedKinds, SharedCase } from './sharing-view.js';
import { AbsentAnswers, FlagList, PlainList, Screenings } from './summary-parts.js';
import { Timeline } from './timeline.js';
import { useWords } from './words/language.js';

/**
 * One review: each line beside its evidence, and what may be done about it. Over 200 lines: what is kept while one reads,
 * checks and decides is held in one place.
 */
export function ReviewView({ id, me }: { readonly id: string; readonly me: Me }) {
  const { review } = useWords();
  const version = versionIn(useHash());
  const path = `reviews/${encodeURIComponent(id)}`;
  const loaded = useLoad<ReviewDetail>(version ? `${path}/versions/${version}` : path);
  const { value } = loaded;
  const shown = value && (value.newest === undefined ? 'standing' : value.version);
  const before = useRef(shown);
  useEffect(() => {
    // What was pressed to get to another version is gone with the one before.
    if (before.current !== undefined && before.current !== shown)
      document.querySelector<HTMLElement>('main h1')?.focus();
    before.current = shown;
  }, [shown]);
  const earlier = value?.newest === undefined ? '' : review.earlierVersion(value.version);
  const sayName = value?.shared ? review.sharedNameOf : review.nameOf;
  const name = value ? sayName(value.caseRef, earlier) : review.loadingName;
  // What is closed to them leaves the page, where a failure otherwise leaves standing what was there.
  const isClosed = endedKinds.includes(loaded.failure?.kind ?? '');
  return (
    <>
      <Title name={name}>{name}</Title>
      <LoadState loaded={loaded} />
      {value?.shared && !isClosed && (
        <SharedCase detail={value} shared={value.shared} reload={loaded.reload} />
      )}
      {value && !value.shared && !isClosed && (
        <Review key={shown} detail={value} put={loaded.put} reload={loaded.reload} me={me} />
      )}
    </>
  );
}

function Review(given: {
  readonly detail: ReviewDetail;
  readonly put: (detail: ReviewDetail) => void;
  readonly reload: () => void;
  readonly me: Me;
}) {
  const { detail, put, reload, me } = given;
  const words = useWords();
  const { review } = words;
  const { send, isSending, overtaken } = useActs(detail, put, reload);
  const sections = useMemo(() => sectionsOf(detail, words), [detail, words]);
  const lines = useMemo(() => sections.flatMap((section) => section.lines), [sections]);
  const firstInQuestion =
    detail.decision?.kind === 'returned' && detail.newest === undefined
      ? detail.decision.lines[0]
      : undefined;
  const [current, choose] = useState<LineKey | undefined>(firstInQuestion ?? lines[0]?.key);
  const [asked, setAsked] = useKept<readonly LineKey[]>(`asked ${detail.id} ${detail.version}`, []);
  const toggleAsked = useCallback(
    (key: LineKey) =>
      setAsked(asked.includes(key) ? asked.filter((one) => one !== key) : [...asked, key]),
    [asked, setAsked],
  );
  const go = useCallback((key: LineKey) => focusLine(null, key), []);
  // A returned review opens where something is to be done.
  const opensAt = useRef(firstInQuestion);
  useEffect(() => {
    if (opensAt.current !== undefined) focusLine(null, opensAt.current, 'center');
  }, []);
  const { summary, may } = detail;
  const [decisions, setDecisions] = useState(0);
  const isOpen = detail.state === 'waiting' && detail.newest === undefined;
  const isChecked = lines.filter(({ checkedBy }) => checkedBy).length;
  const goUnchecked = () => {
    const at = lines.findIndex(({ key }) => key === current);
    const next = lines[nextUnchecked(lines, at)];
    if (next) go(next.key);
  };
  const { jumps } = review;
  const parts = [
    ['flags', jumps.flags, summary.flags.length > 0],
    ['lines', jumps.lines, true],
    ['absent', jumps.absent, true],
    ['timeline', jumps.timeline, summary.timeline !== undefined],
    ['tasks', jumps.tasks, summary.tasks.length > 0],
    ['points', jumps.points, true],
    ['again', jumps.again, may.submit],
    ['decision', jumps.decision, isOpen],
    ['documents', jumps.documents, may.export || may.copy],
    ['sharing', jumps.sharing, may.share],
    ['conflict', words.conflict.title, may.nameConflict || may.declareConflict],
  ] as const;
  return (
    <>
      <NextOffer id={detail.id} me={me} decisions={decisions} />
      {overtaken && detail.state !== 'waiting' && (
        <RefusalBox refusal={overtaken} points={detail.points} />
      )}
      <ReviewHead detail={detail} me={me} go={go} />
      <Jumps parts={parts} />
      {summary.flags.length > 0 && (
        <Block id="flags" title={review.flagsRaised}>
          <FlagList detail={detail} go={go} />
        </Block>
      )}
      <Block id="lines" title={review.linesAndEvidence}>
        <p className="quiet">
          {review.checked(isChecked, lines.length)}
          {isSending ? review.saving : '.'}{' '}
          {isChecked < lines.length && may.check && (
            <button type="button" className="plain" onClick={goUnchecked}>
              {review.nextUnchecked}
            </button>
          )}
        </p>
        <LinePanes
          detail={detail}
          sections={sections}
          current={current}
          choose={choose}
          asked={asked}
          toggleAsked={toggleAsked}
          send={send}
          go={go}
        />
      </Block>
      <Block id="absent" title={review.absentAnswers}>
        <AbsentAnswers detail={detail} go={go} />
      </Block>
      {summary.timeline && (
        <Block id="timeline" title={jumps.timeline}>
          <Timeline
            id={detail.id}
            timeline={summary.timeline}
            quotes={detail.quotes}
            hasPicture={detail.newest === undefined}
          />
        </Block>
      )}
      {summary.tasks.length > 0 && (
        <Block id="tasks" title={jumps.tasks}>
          <PlainList items={summary.tasks} />
        </Block>
      )}
      <Block id="screenings" title={review.screenings}>
        <Screenings summary={summary} />
      </Block>
      <Block id="points" title={jumps.points}>
        <Points detail={detail} send={send} />
      </Block>
      {may.submit && (
        <Block id="again" title={jumps.again}>
          <SendAgain detail={detail} reload={reload} />
        </Block>
      )}
      {isOpen && (
        <Block id="decision" title={jumps.decision}>
          <Decide
            detail={detail}
            send={send}
            asked={asked}
            toggleAsked={toggleAsked}
            decided={() => setDecisions((n) => n + 1)}
          />
        </Block>
      )}
      {(may.export || may.copy) && (
        <Block id="documents" title={jumps.documents}>
          <Documents detail={detail} />
        </Block>
      )}
      {may.share && (
        <Block id="sharing" title={jumps.sharing}>
          <Sharing id={detail.id} />
        </Block>
      )}
      {(may.nameConflict || may.declareConflict) && (
        <Block id="conflict" title={words.conflict.title}>
          <ConflictBlock
            id={detail.id}
            caseRef={detail.caseRef}
            mayName={may.nameConflict}
            mayDeclare={may.declareConflict}
          />
        </Block>
      )}
    </>
  );
}
