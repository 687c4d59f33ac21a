import { Button, Field, Input, Select } from '@fluentui/react-components';
import { useState } from 'react';
import { whyLiftedWords, whyNamedWords } from '../../../src/core/conflict-words.js';
import type {
  Conflict,
  DeclaringRequest,
  LiftingRequest,
  NamingRequest,
} from '../../../src/core/conflicts.js';
import { useAnnounce } from './announce.js';
import type { ConflictsOfReview, Staff } from './answers.js';
import { postTo, useLoad } from './api.js';
import { useKept } from './kept.js';
import { LoadState, Mark, PageForm, Problem, Title } from './parts.js';
import { conflictsAddress, queueAddress, reviewAddress } from './route.js';
import type { Words } from './words/catalogue.js';
import { useWords } from './words/language.js';

/** Conflicts of interest in a case. Over 200 lines: the three forms are read together. */

type Why = keyof typeof whyNamedWords;
type WhyLifted = keyof typeof whyLiftedWords;
const reasons = Object.keys(whyNamedWords) as readonly Why[];
const liftReasons = Object.keys(whyLiftedWords) as readonly WhyLifted[];

/** As the server takes the number of a record. */
const recordForm = /^[A-Za-z0-9][A-Za-z0-9/.-]{0,59}$/;

const pathOf = (id: string) => `reviews/${encodeURIComponent(id)}/conflicts`;

type Draft = { readonly who: string; readonly why: string; readonly record: string };
const empty: Draft = { who: '', why: '', record: '' };

type Read<Request> =
  | { readonly kind: 'ready'; readonly request: Request }
  | { readonly kind: 'missing'; readonly words: string };

/** A reason and a record, or the first thing that is wrong with them. */
function readWhy<Code extends string>(
  { why, record }: Pick<Draft, 'why' | 'record'>,
  codes: readonly Code[],
  { conflict }: Words,
): Read<{ readonly why: Code; readonly record?: string }> {
  const { missing } = conflict;
  const code = codes.find((one) => one === why);
  const number = record.trim();
  if (!code) return { kind: 'missing', words: missing.why };
  if (!number && code === 'other-recorded') return { kind: 'missing', words: missing.record };
  if (number && !recordForm.test(number)) return { kind: 'missing', words: missing.form };
  return { kind: 'ready', request: { why: code, ...(number ? { record: number } : {}) } };
}

/** What the form asks the server for, or the first thing that is missing. */
export function readNaming(
  draft: Draft,
  staff: readonly Staff[],
  words: Words,
): Read<NamingRequest> {
  const { id } = staff.find((one) => one.id === draft.who) ?? {};
  if (!id) return { kind: 'missing', words: words.conflict.missing.who };
  const read = readWhy(draft, reasons, words);
  return read.kind === 'missing'
    ? read
    : { kind: 'ready', request: { person: id, ...read.request } };
}

/** What stands on the page of a review: the way to who is named, and one's own declaration. */
export function ConflictBlock(given: {
  readonly id: string;
  readonly caseRef: string;
  readonly mayName: boolean;
  readonly mayDeclare: boolean;
}) {
  const { id, caseRef, mayName, mayDeclare } = given;
  const { conflict } = useWords();
  return (
    <>
      {mayName && (
        <p>
          <a href={conflictsAddress(id)}>{conflict.show}</a>
        </p>
      )}
      {mayDeclare && <Declare id={id} caseRef={caseRef} />}
    </>
  );
}

function Declare({ id, caseRef }: { readonly id: string; readonly caseRef: string }) {
  const { frame, conflict } = useWords();
  const announce = useAnnounce();
  const [isOpen, setOpen] = useState(false);
  const [record, setRecord] = useState('');
  const [problem, setProblem] = useState<string>();
  if (!isOpen)
    return (
      <p className="buttons">
        <Button onClick={() => setOpen(true)}>{conflict.own}</Button>
      </p>
    );
  const save = async () => {
    const number = record.trim();
    if (number && !recordForm.test(number)) return setProblem(conflict.missing.form);
    const body: DeclaringRequest = number ? { record: number } : {};
    const answer = await postTo(`${pathOf(id)}/own`, body);
    // Declared by a press whose answer was lost: it is closed.
    const isClosed = answer.kind === 'failed' && answer.failure.kind === 'not-found';
    if (answer.kind === 'failed' && !isClosed) return setProblem(answer.failure.message);
    announce(conflict.ownDone(caseRef));
    window.location.hash = queueAddress(new URLSearchParams());
  };
  return (
    <PageForm name={conflict.ownForm} onSubmit={() => void save()}>
      <p>{conflict.ownMeans}</p>
      <Field label={conflict.record}>
        <Input
          autoFocus
          maxLength={60}
          value={record}
          onChange={(_, { value }) => setRecord(value)}
        />
      </Field>
      {problem && <Problem words={problem} />}
      <p className="buttons">
        <Button type="submit" appearance="primary">
          {conflict.ownNow}
        </Button>
        <Button onClick={() => setOpen(false)}>{frame.cancel}</Button>
      </p>
    </PageForm>
  );
}

/** To whom a case is and was closed, with the ways to close it to somebody and to open it again. Each look is recorded. */
export function ConflictsView({ id }: { readonly id: string }) {
  const { conflict, records } = useWords();
  const loaded = useLoad<ConflictsOfReview>(pathOf(id));
  const { value } = loaded;
  const changed = () => {
    loaded.reload();
    // What was pressed may be gone from the list.
    document.querySelector<HTMLElement>('main h1')?.focus();
  };
  return (
    <>
      <Title name={conflict.title}>{conflict.title}</Title>
      <p>
        <a href={reviewAddress(id)}>{records.backToReview}</a>
      </p>
      <LoadState loaded={loaded} />
      {value && loaded.failure?.kind !== 'not-found' && (
        <>
          {value.conflicts.length === 0 ? (
            <p className="quiet">{conflict.nobody}</p>
          ) : (
            <ul>
              {value.conflicts.map((one) => (
                <li key={one.number}>
                  <Item id={id} one={one} names={value.names} changed={changed} />
                </li>
              ))}
            </ul>
          )}
          <NameForm id={id} staff={value.staff} changed={changed} />
        </>
      )}
    </>
  );
}

function Item(given: {
  readonly id: string;
  readonly one: Conflict;
  readonly names: ConflictsOfReview['names'];
  readonly changed: () => void;
}) {
  const { id, one, names, changed } = given;
  const { frame, core, dates, conflict } = useWords();
  const nameOf = (person: string) => names[person] ?? frame.unnamed;
  const { lifted, record } = one;
  const reason = core.conflictReasons[one.why];
  return (
    <>
      <p>
        <strong>{nameOf(one.person)}</strong>{' '}
        <Mark kind={lifted ? 'quiet' : 'strong'}>{lifted ? conflict.lifted : conflict.stands}</Mark>{' '}
        {conflict.namedBy(reason, nameOf(one.by), dates.time(one.at))}
        {record !== null && ` ${conflict.recordNumber(record)}`}
      </p>
      {lifted && (
        <p className="quiet">
          {conflict.liftedBy(
            core.liftReasons[lifted.why],
            nameOf(lifted.by),
            dates.time(lifted.at),
          )}
          {lifted.record !== null && ` ${conflict.recordNumber(lifted.record)}`}
        </p>
      )}
      {!lifted && <Lift id={id} one={one} name={nameOf(one.person)} changed={changed} />}
    </>
  );
}

function Lift(given: {
  readonly id: string;
  readonly one: Conflict;
  readonly name: string;
  readonly changed: () => void;
}) {
  const { id, one, name, changed } = given;
  const words = useWords();
  const { frame, core, conflict } = words;
  const announce = useAnnounce();
  const [isOpen, setOpen] = useState(false);
  const [draft, setDraft] = useState(empty);
  const [problem, setProblem] = useState<string>();
  if (!isOpen)
    return (
      <Button size="small" onClick={() => setOpen(true)}>
        {conflict.lift(name)}
      </Button>
    );
  const save = async () => {
    const read = readWhy(draft, liftReasons, words);
    if (read.kind === 'missing') return setProblem(read.words);
    const body: LiftingRequest = read.request;
    const answer = await postTo(`${pathOf(id)}/${one.number}/lift`, body);
    const isOver = answer.kind === 'failed' && answer.failure.kind === 'already-lifted';
    if (answer.kind === 'failed' && !isOver) return setProblem(answer.failure.message);
    announce(isOver ? conflict.liftedAlready : conflict.opened(name));
    changed();
  };
  return (
    <PageForm name={conflict.lift(name)} onSubmit={() => void save()}>
      <Why
        draft={draft}
        put={setDraft}
        reasons={liftReasons.map((code) => [code, core.liftReasons[code]])}
        isFirst
      />
      {problem && <Problem words={problem} />}
      <p className="buttons">
        <Button type="submit" appearance="primary">
          {conflict.liftNow}
        </Button>
        <Button onClick={() => setOpen(false)}>{frame.cancel}</Button>
      </p>
    </PageForm>
  );
}

function NameForm(given: {
  readonly id: string;
  readonly staff: readonly Staff[];
  readonly changed: () => void;
}) {
  const { id, staff, changed } = given;
  const words = useWords();
  const { frame, core, conflict } = words;
  const announce = useAnnounce();
  const [draft, keep, clear] = useKept<Draft>(`conflict ${id}`, empty);
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);
  if (staff.length === 0) return <p>{conflict.noStaff}</p>;
  const save = async () => {
    const read = readNaming(draft, staff, words);
    if (read.kind === 'missing') return setProblem(read.words);
    if (isSending) return;
    setSending(true);
    const answer = await postTo(pathOf(id), read.request);
    setSending(false);
    if (answer.kind === 'failed') return setProblem(answer.failure.message);
    setProblem(undefined);
    const name = staff.find((one) => one.id === read.request.person)?.name ?? frame.unnamed;
    announce(conflict.named(name));
    clear();
    changed();
  };
  const group = (label: string, some: readonly Staff[]) =>
    some.length > 0 && (
      <optgroup label={label}>
        {some.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </optgroup>
    );
  return (
    <PageForm name={conflict.nameForm} onSubmit={() => void save()}>
      <h2>{conflict.nameForm}</h2>
      <p className="quiet">{conflict.nameMeans}</p>
      <Field label={conflict.who} required>
        <Select value={draft.who} onChange={(_, { value }) => keep({ ...draft, who: value })}>
          <option value="">{conflict.choose}</option>
          {group(
            conflict.onCase,
            staff.filter(({ isOnCase }) => isOnCase),
          )}
          {group(
            conflict.others,
            staff.filter(({ isOnCase }) => !isOnCase),
          )}
        </Select>
      </Field>
      <Why
        draft={draft}
        put={keep}
        reasons={reasons.map((code) => [code, core.conflictReasons[code]])}
      />
      {problem && <Problem words={problem} />}
      <p className="buttons">
        <Button type="submit" appearance="primary">
          {conflict.nameNow}
        </Button>
      </p>
    </PageForm>
  );
}

function Why(given: {
  readonly draft: Draft;
  readonly put: (draft: Draft) => void;
  readonly reasons: readonly (readonly [code: string, words: string])[];
  /** The first field of a form that was just opened. */
  readonly isFirst?: boolean;
}) {
  const { draft, put, reasons: all, isFirst = false } = given;
  const { conflict } = useWords();
  const isNeeded = draft.why === 'other-recorded';
  return (
    <>
      <Field label={conflict.why} required>
        <Select
          autoFocus={isFirst}
          value={draft.why}
          onChange={(_, { value }) => put({ ...draft, why: value })}
        >
          <option value="">{conflict.choose}</option>
          {all.map(([code, words]) => (
            <option key={code} value={code}>
              {words}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={isNeeded ? conflict.recordForOther : conflict.record} required={isNeeded}>
        <Input
          maxLength={60}
          value={draft.record}
          onChange={(_, { value }) => put({ ...draft, record: value })}
        />
      </Field>
    </>
  );
}
