import type { ReactNode } from 'react';
import type { SummaryLine } from '../../../src/core/case-summary-schema.js';
import { sayTime } from '../../../src/core/days.js';
import type { LineKey } from '../../../src/core/review.js';
import type { ReviewDetail, ReviewLine } from '../../../src/core/review-detail.js';
import { Cites } from './cites.js';
import { type Indication, type LineSource, nameOfLine, saysWhatNotToUse } from './line-sources.js';
import { Mark } from './parts.js';
import { Findings } from './refusal.js';

const saidByWords: Readonly<Record<SummaryLine['from']['saidBy'], string>> = {
  caller: 'The caller',
  user: 'The person who took it down',
  records: 'Police records',
};

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
  const nameOf = (id: string | undefined) =>
    (id === undefined ? undefined : detail.names[id]) ?? 'a user not named here';
  const [screening, question] = line.key.split(' ');
  const flags = detail.summary.flags.filter(
    (flag) => flag.screening === screening && flag.question === question,
  );
  return (
    <>
      {saysWhatNotToUse(line) && (
        <p>
          <strong>Unsafe to pass on:</strong> marked so by the person, and left out of their copy.
        </p>
      )}
      {source?.kind === 'reply' && (
        <Reply line={source.line} nameOf={nameOf} quotes={detail.quotes} />
      )}
      {source?.kind === 'indication' && (
        <Rests detail={detail} indication={source.indication} go={go} />
      )}
      <Part title="Flags raised by this reply" isThere={flags.length > 0}>
        <ul>
          {flags.map(({ level, about, at }) => (
            <li key={`${level} ${about}`}>
              <Mark kind={level === 'red' ? 'strong' : 'plain'}>{level.toUpperCase()}</Mark> {about}
              , {sayTime(at)}
            </li>
          ))}
        </ul>
      </Part>
      {source === undefined && <p>What this line rests on is not in this version.</p>}
      <Part title="Words to reconsider" isThere={line.findings.length > 0}>
        <Findings findings={line.findings} />
      </Part>
      <Part title="Changed in review" isThere={line.edits.length > 0}>
        <ul>
          {line.edits.map((edit) => (
            <li key={edit.at}>
              {nameOf(edit.by)}, {sayTime(edit.at)}: <del>{edit.old}</del> <ins>{edit.new}</ins>{' '}
              Why: {edit.why}
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
  const { from, status } = line;
  return (
    <>
      <dl className="facts">
        <dt>Question {from.question}</dt>
        <dd>{from.ask}</dd>
        <dt>{from.said === undefined ? 'Reply' : 'Reply as said'}</dt>
        <dd>{from.said === undefined ? `None: ${status}.` : <strong>{from.said}</strong>}</dd>
        <dt>Who said it</dt>
        <dd>{from.said === undefined ? 'Nobody' : saidByWords[from.saidBy]}</dd>
        {from.at !== undefined && (
          <>
            <dt>Taken down by</dt>
            <dd>
              {nameOf(from.by)}, {sayTime(from.at)}
            </dd>
          </>
        )}
        {from.heldFrom !== undefined && (
          <>
            <dt>First told on</dt>
            <dd>{sayTime(from.heldFrom)}, and found still right</dd>
          </>
        )}
      </dl>
      <Part title="Earlier replies to the same question" isThere={from.replaced.length > 0}>
        <ul>
          {from.replaced.map((old, place) => {
            const why = place === 0 ? from.reason : from.replaced[place - 1]?.reason;
            return (
              <li key={old.at}>
                {old.said}. {nameOf(old.by)}, {sayTime(old.at)}. Changed because:{' '}
                {why ?? 'no reason given'}.
              </li>
            );
          })}
        </ul>
      </Part>
      <Part title="Guidance behind it" isThere={line.cites.length > 0}>
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
  const rests = detail.lines.filter(({ key }) => {
    const [screening, question] = key.split(' ');
    return screening === indication.screening && indication.rests.some((id) => id === question);
  });
  return (
    <>
      <p>
        A rule of the script fired on the replies below. It is not a decision; the view to record is
        yours.
      </p>
      <Part title="Rests on" isThere={rests.length > 0}>
        <ul>
          {rests.map((line) => (
            <li key={line.key}>
              <button type="button" className="plain" onClick={() => go(line.key)}>
                {nameOfLine(line.key)}
              </button>{' '}
              {line.text}
            </li>
          ))}
        </ul>
      </Part>
      <Part title="Guidance behind it" isThere={indication.cites.length > 0}>
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
