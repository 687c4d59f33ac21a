import { Button, Field, Select, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import { sayDay, sayTime } from '../../../src/core/days.js';
import type { EndingRequest, Share } from '../../../src/core/sharing.js';
import { alwaysShared, endWords, partWords, wayWords } from '../../../src/core/sharing-words.js';
import { useAnnounce } from './announce.js';
import type { ListedShare, SharesOfReview } from './answers.js';
import { postTo, useLoad } from './api.js';
import { useKept } from './kept.js';
import { LoadState, Mark, PageForm, Problem } from './parts.js';
import { ShareForm } from './sharing-form.js';

/** Asked for by a press, since each look is recorded: the list may hold the person's own words. */
export function Sharing({ id }: { readonly id: string }) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <Shares id={id} />;
  return (
    <p className="buttons">
      <Button aria-expanded={false} onClick={() => setOpen(true)}>
        Show with whom it is shared
      </Button>
    </p>
  );
}

/** With whom a case is and was shared, on what agreement, and the ways to share it and to end that. */
function Shares({ id }: { readonly id: string }) {
  const path = `reviews/${encodeURIComponent(id)}/shares`;
  const loaded = useLoad<SharesOfReview>(path);
  const { value } = loaded;
  const changed = () => {
    loaded.reload();
    // What was pressed may be gone from the list.
    document.getElementById('head-sharing')?.focus();
  };
  return (
    <>
      <LoadState loaded={loaded} />
      {value && (
        <>
          {value.shares.length === 0 ? (
            <p className="quiet">It is shared with no advocate.</p>
          ) : (
            <ul>
              {value.shares.map((share) => (
                <li key={share.id}>
                  <ShareItem share={share} names={value.names} path={path} changed={changed} />
                </li>
              ))}
            </ul>
          )}
          <ShareForm path={path} advocates={value.advocates} changed={changed} />
        </>
      )}
    </>
  );
}

function ShareItem(given: {
  readonly share: ListedShare;
  readonly names: SharesOfReview['names'];
  readonly path: string;
  readonly changed: () => void;
}) {
  const { share, names, path, changed } = given;
  const { agreement, ended, isLive } = share;
  const nameOf = (id: string) => names[id] ?? 'a user not named here';
  return (
    <>
      <p>
        <strong>{nameOf(share.with)}</strong>{' '}
        <Mark kind={isLive ? 'done' : 'quiet'}>{isLive ? 'open to them' : 'over'}</Mark>{' '}
        {sayAgreement(agreement)} Recorded by {nameOf(share.by)}, {sayTime(share.at)}.
      </p>
      <p className="quiet">{sayParts(agreement.parts)}</p>
      {agreement.limits && (
        <p>
          Not to be passed on, as the person said (not shown to the advocate):{' '}
          <q>{agreement.limits}</q>
        </p>
      )}
      {ended && (
        <p>
          Ended by {nameOf(ended.by)}, {sayTime(ended.at)}: {endWords[ended.why]}
          {ended.note && (
            <>
              , <q>{ended.note}</q>
            </>
          )}
          .
        </p>
      )}
      {isLive && <End share={share} name={nameOf(share.with)} path={path} changed={changed} />}
    </>
  );
}

/** "The person agreed on 20 November 2026, by phone. Until 1 December 2026." */
export function sayAgreement({ on, way, until }: Omit<Share['agreement'], 'parts'>): string {
  const last = until ? ` Until ${sayDay(until)}.` : '';
  return `The person agreed on ${sayDay(on)}, ${wayWords[way]}.${last}`;
}

/** What an agreement covers, in one sentence. */
export function sayParts(parts: Share['agreement']['parts']): string {
  return `Shown: ${[alwaysShared, ...parts.map((part) => partWords[part])].join('; ')}.`;
}

const reasons = ['agreement-withdrawn', 'no-longer-needed', 'shared-by-mistake', 'other'] as const;

function End(given: {
  readonly share: ListedShare;
  readonly name: string;
  readonly path: string;
  readonly changed: () => void;
}) {
  const { share, name, path, changed } = given;
  const announce = useAnnounce();
  const [isOpen, setOpen] = useState(false);
  const [draft, keep, clear] = useKept<{ readonly why: string; readonly note: string }>(
    `end ${share.id}`,
    { why: '', note: '' },
  );
  const [problem, setProblem] = useState<string>();
  if (!isOpen)
    return (
      <Button size="small" onClick={() => setOpen(true)}>
        End sharing with {name}
      </Button>
    );
  const save = async () => {
    const why = reasons.find((reason) => reason === draft.why);
    const note = draft.note.trim();
    if (!why) return setProblem('Choose why it ends.');
    if (why === 'other' && !note) return setProblem('Say in the note why it ends.');
    const body: EndingRequest = { why, ...(note ? { note } : {}) };
    const answer = await postTo(`${path}/${encodeURIComponent(share.id)}/end`, body);
    const isOver = answer.kind === 'failed' && answer.failure.kind === 'already-ended';
    if (answer.kind === 'failed' && !isOver) return setProblem(answer.failure.message);
    announce(
      isOver
        ? 'Somebody had already ended this; your reason was not saved.'
        : `${name} can no longer see this case.`,
    );
    clear();
    setOpen(false);
    changed();
  };
  return (
    <PageForm name={`End sharing with ${name}`} onSubmit={() => void save()}>
      <p>{name} loses the case at once. What was shared, and its end, stay in the record.</p>
      <Field label="Why it ends" required>
        <Select
          autoFocus
          value={draft.why}
          onChange={(_, { value }) => keep({ ...draft, why: value })}
        >
          <option value="">Choose</option>
          {reasons.map((reason) => (
            <option key={reason} value={reason}>
              {endWords[reason]}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Note (needed for another reason)">
        <Textarea
          rows={2}
          maxLength={2_000}
          value={draft.note}
          onChange={(_, { value }) => keep({ ...draft, note: value })}
        />
      </Field>
      {problem && <Problem words={problem} />}
      <p className="buttons">
        <Button type="submit" appearance="primary">
          End it now
        </Button>
        <Button
          onClick={() => {
            clear();
            setOpen(false);
          }}
        >
          Cancel
        </Button>
      </p>
    </PageForm>
  );
}
