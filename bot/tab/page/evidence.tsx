import type { ReactNode } from 'react';
import type { SummaryLine } from '../../../src/core/case-summary-schema.js';
import type { LineKey } from '../../../src/core/review.js';
import type { ReviewDetail, ReviewLine } from '../../../src/core/review-detail.js';
import { Cites } from './cites.js';
import { type Indication, type LineSource, nameOfLine, saysWhatNotToUse } from './line-sources.js';
import { Mark } from './parts.js';
import { Findings } from './refusal.js';
import { useEnglishLang, useWords } from './words/language.js';

/** Everything one line rests on: the reply as it was said, what it replaced, the guidance, and what became of it here. */
export function Evidence({
  detail,
  line,
  source,
  go,
}: {
  readonly detail: ReviewDetail;
  readonly line: ReviewLine;
  readonly source: LineSource | undefined;
  readonly go: (key: LineKey) => void;
}) {
  const { frame, core, dates, lines } = useWords();
  const english = useEnglishLang();
  const nameOf = (id: string | undefined) =>
    (id === undefined ? undefined : detail.names[id]) ?? frame.unnamed;
  const [screening, question] = line.key.split(' ');
  const flags = detail.summary.flags.filter(
    (flag) => flag.screening === screening && flag.question === question,
  );
  return (
    <>
      {saysWhatNotToUse(line) && (
        <p>
          <strong>{lines.unsafe}</strong> {lines.unsafeWhy}
        </p>
      )}
      {source?.kind === 'reply' && (
        <Reply line={source.line} nameOf={nameOf} quotes={detail.quotes} />
      )}
      {source?.kind === 'indication' && (
        <Rests detail={detail} indication={source.indication} go={go} />
      )}
      <Part title={lines.flagsByReply} isThere={flags.length > 0}>
        <ul>
          {flags.map(({ level, about, at }) => (
            <li key={`${level} ${about}`}>
              <Mark kind={level === 'red' ? 'strong' : 'plain'}>{core.flagLevels[level]}</Mark>{' '}
              <span lang={english}>{about}</span>, {dates.time(at)}
            </li>
          ))}
        </ul>
      </Part>
      {source === undefined && <p>{lines.notInVersion}</p>}
      <Part title={lines.toReconsider} isThere={line.findings.length > 0}>
        <Findings findings={line.findings} />
      </Part>
      <Part title={lines.changedInReview} isThere={line.edits.length > 0}>
        <ul>
          {line.edits.map((edit) => (
            <li key={edit.at}>
              {nameOf(edit.by)}, {dates.time(edit.at)}: <del lang={english}>{edit.old}</del>{' '}
              <ins lang={english}>{edit.new}</ins> {lines.changedWhy}{' '}
              <span lang={english}>{edit.why}</span>
            </li>
          ))}
        </ul>
      </Part>
    </>
  );
}

function Reply({
  line,
  nameOf,
  quotes,
}: {
  readonly line: SummaryLine;
  readonly quotes: ReviewDetail['quotes'];
  readonly nameOf: (id: string | undefined) => string;
}) {
  const { core, dates, lines } = useWords();
  const english = useEnglishLang();
  const { from, status } = line;
  return (
    <>
      <dl className="facts">
        <dt>{lines.question(from.question)}</dt>
        <dd lang={english}>{from.ask}</dd>
        <dt>{from.said === undefined ? lines.reply : lines.replyAsSaid}</dt>
        <dd>
          {from.said === undefined ? (
            lines.noReply(core.statuses[status])
          ) : (
            <strong lang={english}>{from.said}</strong>
          )}
        </dd>
        <dt>{lines.whoSaid}</dt>
        <dd>{from.said === undefined ? lines.nobody : lines.saidBy[from.saidBy]}</dd>
        {from.at !== undefined && (
          <>
            <dt>{lines.takenDownBy}</dt>
            <dd>
              {nameOf(from.by)}, {dates.time(from.at)}
            </dd>
          </>
        )}
        {from.heldFrom !== undefined && (
          <>
            <dt>{lines.firstTold}</dt>
            <dd>{lines.stillRight(dates.time(from.heldFrom))}</dd>
          </>
        )}
      </dl>
      <Part title={lines.earlierReplies} isThere={from.replaced.length > 0}>
        <ul>
          {from.replaced.map((old, place) => {
            const why = place === 0 ? from.reason : from.replaced[place - 1]?.reason;
            return (
              <li key={old.at}>
                <span lang={english}>{old.said}.</span> {nameOf(old.by)}, {dates.time(old.at)}.{' '}
                {lines.changedBecause}{' '}
                {why === undefined ? lines.noReason : <span lang={english}>{why}</span>}.
              </li>
            );
          })}
        </ul>
      </Part>
      <Part title={lines.guidanceBehind} isThere={line.cites.length > 0}>
        <Cites cites={line.cites} quotes={quotes} />
      </Part>
    </>
  );
}

/** An indication: which replies a rule fired on. */
function Rests({
  detail,
  indication,
  go,
}: {
  readonly detail: ReviewDetail;
  readonly indication: Indication;
  readonly go: (key: LineKey) => void;
}) {
  const words = useWords();
  const { lines } = words;
  const english = useEnglishLang();
  const rests = detail.lines.filter(({ key }) => {
    const [screening, question] = key.split(' ');
    return screening === indication.screening && indication.rests.some((id) => id === question);
  });
  return (
    <>
      <p>{lines.ruleFired}</p>
      <Part title={lines.restsOn} isThere={rests.length > 0}>
        <ul>
          {rests.map((line) => (
            <li key={line.key}>
              <button type="button" className="plain" onClick={() => go(line.key)}>
                {nameOfLine(line.key, words)}
              </button>{' '}
              <span lang={english}>{line.text}</span>
            </li>
          ))}
        </ul>
      </Part>
      <Part title={lines.guidanceBehind} isThere={indication.cites.length > 0}>
        <Cites cites={indication.cites} quotes={detail.quotes} />
      </Part>
    </>
  );
}

function Part(given: {
  readonly title: string;
  readonly isThere: boolean;
  readonly children: ReactNode;
}) {
  const { title, isThere, children } = given;
  if (!isThere) return null;
  return (
    <section className="part">
      <h4>{title}</h4>
      {children}
    </section>
  );
}
