import {
  Button,
  Checkbox,
  Field,
  MessageBar,
  MessageBarBody,
  Select,
  Textarea,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { LineKey, ReturnCode } from '../../../src/core/review.js';
import type { ReviewDetail, ReviewMove } from '../../../src/core/review-detail.js';
import { returnCodePhrases } from '../../../src/core/review-phrases.js';
import type { Refusal, SendAct } from './acts.js';
import { useKept } from './kept.js';
import { nameOfLine } from './line-sources.js';
import { PageForm } from './parts.js';
import { RefusalBox } from './refusal.js';
import { useEnglishLang, useWords } from './words/language.js';

type Act = ReviewMove['act'];
type Kind = 'approved' | 'returned' | 'handed';

const codes = Object.keys(returnCodePhrases) as readonly ReturnCode[];

/**
 * Approve, return with reasons, or hand on. A refusal leaves all that was typed where it is. Over 200 lines: three forms
 * that are best read side by side.
 */
export function Decide(given: {
  readonly detail: ReviewDetail;
  readonly send: SendAct;
  readonly asked: readonly LineKey[];
  readonly toggleAsked: (key: LineKey) => void;
  /** A decision was saved. */
  readonly decided: () => void;
}) {
  const { detail, send, asked, toggleAsked, decided } = given;
  const { may } = detail;
  const { review } = useWords();
  const [form, setForm] = useState<Kind>();
  const offers = (
    [
      ['approved', review.approve, may.approve],
      ['returned', review.return, may.return],
      ['handed', review.hand, may.hand],
    ] as const
  ).filter(([, , isOffered]) => isOffered);
  const close = () => {
    setForm(undefined);
    decided();
  };
  if (offers.length === 0)
    return <p>{detail.isOwnCase ? review.ownCaseHand : review.nothingToDecide}</p>;
  return (
    <>
      {detail.isOwnCase && <p>{review.ownCaseHand}</p>}
      <p className="buttons">
        {offers.map(([kind, label]) => (
          <Button
            key={kind}
            aria-expanded={form === kind}
            appearance={form === kind ? 'primary' : 'secondary'}
            onClick={() => setForm(form === kind ? undefined : kind)}
          >
            {label}
          </Button>
        ))}
      </p>
      {form === 'approved' && <Approve detail={detail} send={send} close={close} />}
      {form === 'returned' && (
        <Return detail={detail} send={send} close={close} asked={asked} toggle={toggleAsked} />
      )}
      {form === 'handed' && <Hand detail={detail} send={send} close={close} />}
    </>
  );
}

type FormProps = {
  readonly detail: ReviewDetail;
  readonly send: SendAct;
  /** After it was saved. */
  readonly close: () => void;
};

function useSubmit({ detail, send, close }: FormProps) {
  const [refusal, setRefusal] = useState<Refusal>();
  const submit = async (act: Act, done: string, clear: () => void, isSure = false) => {
    const sent = await send(act, done, isSure);
    if (sent.kind === 'refused') return setRefusal(sent.refusal);
    clear();
    close();
    // The outcome stands at the top of the page.
    document.querySelector<HTMLElement>('main h1')?.focus();
  };
  const box = (insist: () => void) =>
    refusal && <RefusalBox refusal={refusal} points={detail.points} insist={insist} />;
  return { submit, box };
}

function Approve(props: FormProps) {
  const { detail } = props;
  const { review } = useWords();
  const [note, keep, clear] = useKept(`approve ${detail.id}`, '');
  const { submit, box } = useSubmit(props);
  const unchecked = detail.lines.filter(({ checkedBy }) => !checkedBy).length;
  const toReconsider = detail.lines.filter(({ findings }) => findings.length > 0).length;
  const open = detail.points.filter(({ answer }) => answer === undefined).length;
  const save = (isSure: boolean) => {
    const words = note.trim() ? { note: note.trim() } : {};
    const done = review.approved(detail.version, detail.caseRef);
    return submit({ kind: 'approved', ...words }, done, clear, isSure);
  };
  return (
    <PageForm name={review.approve} onSubmit={() => void save(false)}>
      <p>{review.approvalBelongs(detail.version)}</p>
      {open > 0 && <p>{review.pointsOpen(open)}</p>}
      {unchecked > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{review.linesUnchecked(unchecked)}</MessageBarBody>
        </MessageBar>
      )}
      {toReconsider > 0 && <p>{review.linesToReconsider(toReconsider)}</p>}
      <Field label={review.optionalNote}>
        <Textarea
          rows={2}
          maxLength={4_000}
          value={note}
          onChange={(_, { value }) => keep(value)}
        />
      </Field>
      {box(() => void save(true))}
      <p className="buttons">
        <Button type="submit" appearance="primary">
          {review.approveVersion(detail.version)}
        </Button>
      </p>
    </PageForm>
  );
}

function Return(
  props: FormProps & {
    readonly asked: readonly LineKey[];
    readonly toggle: (key: LineKey) => void;
  },
) {
  const { detail, asked, toggle } = props;
  const words = useWords();
  const english = useEnglishLang();
  const { core, review } = words;
  const [draft, keep, clear] = useKept(`return ${detail.id}`, {
    codes: [] as readonly ReturnCode[],
    note: '',
  });
  const [isMissing, setMissing] = useState(false);
  const { submit, box } = useSubmit(props);
  const save = async (isSure: boolean) => {
    const note = draft.note.trim();
    if (draft.codes.length === 0 || note === '') return setMissing(true);
    setMissing(false);
    const act: Act = { kind: 'returned', codes: [...draft.codes], note, lines: [...asked] };
    await submit(act, review.returned(detail.caseRef), clear, isSure);
  };
  const mark = (code: ReturnCode, isOn: boolean) =>
    keep({
      ...draft,
      codes: codes.filter((one) => (one === code ? isOn : draft.codes.includes(one))),
    });
  return (
    <PageForm name={review.return} onSubmit={() => void save(false)}>
      <fieldset>
        <legend>
          {review.reasons}{' '}
          {isMissing && draft.codes.length === 0 && (
            <strong role="alert">{review.chooseOne}</strong>
          )}
        </legend>
        <div className="codes">
          {codes.map((code) => (
            <Checkbox
              key={code}
              label={core.returnCodes[code]}
              checked={draft.codes.includes(code)}
              onChange={(_, { checked }) => mark(code, checked === true)}
            />
          ))}
        </div>
      </fieldset>
      <Field
        label={review.noteToAuthor}
        required
        validationMessage={isMissing && draft.note.trim() === '' ? review.sayWhatToDo : null}
      >
        <Textarea
          rows={3}
          maxLength={4_000}
          value={draft.note}
          onChange={(_, { value }) => keep({ ...draft, note: value })}
        />
      </Field>
      <fieldset>
        <legend>{review.inQuestion}</legend>
        {asked.length === 0 && <p className="quiet">{review.noneNamed}</p>}
        {asked.map((key) => (
          <Checkbox
            key={key}
            checked
            label={
              <>
                {nameOfLine(key, words)}{' '}
                <span lang={english}>{detail.lines.find((line) => line.key === key)?.text}</span>
              </>
            }
            onChange={() => toggle(key)}
          />
        ))}
      </fieldset>
      {box(() => void save(true))}
      <p className="buttons">
        <Button type="submit" appearance="primary">
          {review.returnVersion(detail.version)}
        </Button>
      </p>
    </PageForm>
  );
}

function Hand(props: FormProps) {
  const { detail } = props;
  const { review } = useWords();
  const [draft, keep, clear] = useKept(`hand ${detail.id}`, { to: '', why: '' });
  const [isMissing, setMissing] = useState(false);
  const { submit, box } = useSubmit(props);
  const chosen = detail.supervisors.find(({ id }) => id === draft.to);
  const save = async () => {
    if (!chosen) return setMissing(true);
    const words = draft.why.trim() ? { why: draft.why.trim() } : {};
    const act = { kind: 'handed', to: chosen.id, ...words } as const;
    await submit(act, review.handed(chosen.name), clear);
  };
  return (
    <PageForm name={review.hand} onSubmit={() => void save()}>
      <Field
        label={review.to}
        required
        validationMessage={isMissing && !chosen ? review.chooseSupervisor : null}
      >
        <Select value={draft.to} onChange={(_, { value }) => keep({ ...draft, to: value })}>
          <option value="">{review.choose}</option>
          {detail.supervisors.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={review.optionalWhy}>
        <Textarea
          rows={2}
          maxLength={4_000}
          value={draft.why}
          onChange={(_, { value }) => keep({ ...draft, why: value })}
        />
      </Field>
      {box(() => void save())}
      <p className="buttons">
        <Button type="submit" appearance="primary">
          {review.handOn}
        </Button>
      </p>
    </PageForm>
  );
}
