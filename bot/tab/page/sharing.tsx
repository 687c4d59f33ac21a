import { Button, Field, Select, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import type { EndingRequest, Share } from '../../../src/core/sharing.js';
import { useAnnounce } from './announce.js';
import type { ListedShare, SharesOfReview } from './answers.js';
import { postTo, useLoad } from './api.js';
import { useKept } from './kept.js';
import { LoadState, Mark, PageForm, Problem } from './parts.js';
import { ShareForm } from './sharing-form.js';
import type { Words } from './words/catalogue.js';
import { useEnglishLang, useWords } from './words/language.js';

/** Asked for by a press, since each look is recorded: the list may hold the person's own words. */
export function Sharing({ id }: { readonly id: string }) {
  const { sharing } = useWords();
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <Shares id={id} />;
  return (
    <p className="buttons">
      <Button aria-expanded={false} onClick={() => setOpen(true)}>
        {sharing.show}
      </Button>
    </p>
  );
}

/** With whom a case is and was shared, on what agreement, and the ways to share it and to end that. */
function Shares({ id }: { readonly id: string }) {
  const path = `reviews/${encodeURIComponent(id)}/shares`;
  const { sharing } = useWords();
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
            <p className="quiet">{sharing.withNobody}</p>
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
  const w = useWords();
  const { frame, core, dates, sharing } = w;
  const english = useEnglishLang();
  const nameOf = (id: string) => names[id] ?? frame.unnamed;
  return (
    <>
      <p>
        <strong>{nameOf(share.with)}</strong>{' '}
        <Mark kind={isLive ? 'done' : 'quiet'}>{isLive ? sharing.open : sharing.over}</Mark>{' '}
        {sayAgreement(agreement, w)} {sharing.recordedBy(nameOf(share.by), dates.time(share.at))}
      </p>
      <p className="quiet">{sayParts(agreement.parts, w)}</p>
      {agreement.limits && (
        <p>
          {sharing.limits} <q lang={english}>{agreement.limits}</q>
        </p>
      )}
      {ended && (
        <p>
          {sharing.endedBy(nameOf(ended.by), dates.time(ended.at), core.shareEnds[ended.why])}
          {ended.note && (
            <>
              , <q lang={english}>{ended.note}</q>
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
export function sayAgreement(
  { on, way, until }: Omit<Share['agreement'], 'parts'>,
  { core, dates, sharing }: Words,
): string {
  const last = until ? sharing.until(dates.day(until)) : '';
  return `${sharing.agreed(dates.day(on), core.shareWays[way])}${last}`;
}

/** What an agreement covers, in one sentence. */
export function sayParts(parts: Share['agreement']['parts'], { core, sharing }: Words): string {
  const all = [core.alwaysShared, ...parts.map((part) => core.shareParts[part])];
  return sharing.shown(all.join('; '));
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
  const { frame, core, sharing } = useWords();
  const [isOpen, setOpen] = useState(false);
  const [draft, keep, clear] = useKept<{ readonly why: string; readonly note: string }>(
    `end ${share.id}`,
    { why: '', note: '' },
  );
  const [problem, setProblem] = useState<string>();
  if (!isOpen)
    return (
      <Button size="small" onClick={() => setOpen(true)}>
        {sharing.endWith(name)}
      </Button>
    );
  const save = async () => {
    const why = reasons.find((reason) => reason === draft.why);
    const note = draft.note.trim();
    if (!why) return setProblem(sharing.chooseWhy);
    if (why === 'other' && !note) return setProblem(sharing.sayInNote);
    const body: EndingRequest = { why, ...(note ? { note } : {}) };
    const answer = await postTo(`${path}/${encodeURIComponent(share.id)}/end`, body);
    const isOver = answer.kind === 'failed' && answer.failure.kind === 'already-ended';
    if (answer.kind === 'failed' && !isOver) return setProblem(answer.failure.message);
    announce(isOver ? sharing.endedAlready : sharing.noLongerSees(name));
    clear();
    setOpen(false);
    changed();
  };
  return (
    <PageForm name={sharing.endWith(name)} onSubmit={() => void save()}>
      <p>{sharing.losesAtOnce(name)}</p>
      <Field label={sharing.whyEnds} required>
        <Select
          autoFocus
          value={draft.why}
          onChange={(_, { value }) => keep({ ...draft, why: value })}
        >
          <option value="">{sharing.choose}</option>
          {reasons.map((reason) => (
            <option key={reason} value={reason}>
              {core.shareEnds[reason]}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={sharing.noteForOther}>
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
          {sharing.endNow}
        </Button>
        <Button
          onClick={() => {
            clear();
            setOpen(false);
          }}
        >
          {frame.cancel}
        </Button>
      </p>
    </PageForm>
  );
}
