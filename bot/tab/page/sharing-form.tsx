import { Button, Checkbox, Field, Input, Select, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import { dayOf } from '../../../src/core/days.js';
import type { AgreementWay, SharedPart, SharingRequest } from '../../../src/core/sharing.js';
import { partWords, wayWords } from '../../../src/core/sharing-words.js';
import { useAnnounce } from './announce.js';
import type { SharesOfReview } from './answers.js';
import { postTo } from './api.js';
import { useKept } from './kept.js';
import { PageForm, Problem } from './parts.js';
import type { Words } from './words/catalogue.js';
import { useWords } from './words/language.js';

/**
 * The form by which a case is shared. Nothing is chosen beforehand: each answer is the person’s. Over 200 lines, so that
 * what is asked and what is sent are read together.
 */

type Draft = {
  readonly to: string;
  readonly answer: string;
  readonly on: string;
  readonly way: string;
  readonly parts: readonly SharedPart[];
  readonly limits: string;
  readonly until: string;
};
const empty: Draft = { to: '', answer: '', on: '', way: '', parts: [], limits: '', until: '' };

const answers = ['agreed', 'declined', 'not-asked', 'not-known'] as const;
const ways = Object.keys(wayWords) as readonly AgreementWay[];
const parts = Object.keys(partWords) as readonly SharedPart[];

type Read =
  | { readonly kind: 'ready'; readonly request: SharingRequest }
  | { readonly kind: 'missing'; readonly words: string };

/** What the form asks the server for, or the first thing that is missing. */
function readDraft(
  draft: Draft,
  advocates: SharesOfReview['advocates'],
  { core, sharing }: Words,
): Read {
  const missing = (words: string): Read => ({ kind: 'missing', words });
  const { id } = advocates.find((one) => one.id === draft.to) ?? {};
  const way = ways.find((one) => one === draft.way);
  if (!id) return missing(sharing.missing.advocate);
  if (!draft.answer) return missing(sharing.missing.answer);
  if (draft.answer !== 'agreed') return missing(core.refusals['not-agreed']);
  if (!draft.on) return missing(sharing.missing.day);
  if (!way) return missing(sharing.missing.way);
  const limits = draft.limits.trim();
  return {
    kind: 'ready',
    request: {
      answer: 'agreed',
      with: id,
      agreement: {
        ...{ on: draft.on, way, parts: [...draft.parts] },
        ...(limits ? { limits } : {}),
        ...(draft.until ? { until: draft.until } : {}),
      },
    },
  };
}

export function ShareForm(given: {
  /** Of the shares of this review. */
  readonly path: string;
  readonly advocates: SharesOfReview['advocates'];
  readonly changed: () => void;
}) {
  const { path, advocates, changed } = given;
  const announce = useAnnounce();
  const words = useWords();
  const { sharing } = words;
  const [draft, keep, clear] = useKept<Draft>(`share ${path}`, empty);
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);
  const put = (more: Partial<Draft>) => keep({ ...draft, ...more });
  if (advocates.length === 0) return <p>{sharing.noFurther}</p>;
  const save = async () => {
    const read = readDraft(draft, advocates, words);
    if (read.kind === 'missing') return setProblem(read.words);
    if (isSending) return;
    setSending(true);
    const answer = await postTo(path, read.request);
    setSending(false);
    if (answer.kind === 'failed') return setProblem(answer.failure.message);
    const name = advocates.find(({ id }) => id === read.request.with)?.name ?? words.frame.unnamed;
    setProblem(undefined);
    announce(sharing.isShared(name));
    clear();
    changed();
  };
  return (
    <PageForm name={sharing.shareWith} onSubmit={() => void save()}>
      <h3>{sharing.shareWith}</h3>
      <p className="quiet">{sharing.onlyAgreed}</p>
      <Field label={sharing.advocate} required>
        <Select value={draft.to} onChange={(_, { value }) => put({ to: value })}>
          <option value="">{sharing.choose}</option>
          {advocates.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={sharing.whatAnswered} required>
        <Select value={draft.answer} onChange={(_, { value }) => put({ answer: value })}>
          <option value="">{sharing.choose}</option>
          {answers.map((value) => (
            <option key={value} value={value}>
              {sharing.answers[value]}
            </option>
          ))}
        </Select>
      </Field>
      {draft.answer === 'agreed' && <AgreementFields draft={draft} put={put} />}
      {problem && <Problem words={problem} />}
      <p className="buttons">
        <Button type="submit" appearance="primary">
          {sharing.share}
        </Button>
      </p>
    </PageForm>
  );
}

function AgreementFields({
  draft,
  put,
}: {
  readonly draft: Draft;
  readonly put: (more: Partial<Draft>) => void;
}) {
  const { core, sharing } = useWords();
  const today = dayOf(new Date());
  const mark = (part: SharedPart, isChosen: boolean) =>
    put({ parts: parts.filter((one) => (one === part ? isChosen : draft.parts.includes(one))) });
  return (
    <>
      <Field label={sharing.dayAgreed} required>
        <Input
          type="date"
          max={today}
          value={draft.on}
          onChange={(_, { value }) => put({ on: value })}
        />
      </Field>
      <Field label={sharing.howGiven} required>
        <Select value={draft.way} onChange={(_, { value }) => put({ way: value })}>
          <option value="">{sharing.choose}</option>
          {ways.map((way) => (
            <option key={way} value={way}>
              {core.shareWays[way]}
            </option>
          ))}
        </Select>
      </Field>
      <fieldset>
        <legend>{sharing.whatPassedOn}</legend>
        <p className="quiet">{sharing.inEvery(core.alwaysShared)}</p>
        {parts.map((part) => (
          <Checkbox
            key={part}
            label={core.shareParts[part]}
            checked={draft.parts.includes(part)}
            onChange={(_, { checked }) => mark(part, checked === true)}
          />
        ))}
      </fieldset>
      <Field label={sharing.mustNot} hint={sharing.mustNotHint}>
        <Textarea
          rows={2}
          maxLength={2_000}
          value={draft.limits}
          onChange={(_, { value }) => put({ limits: value })}
        />
      </Field>
      <Field label={sharing.lastDay}>
        <Input
          type="date"
          min={today}
          value={draft.until}
          onChange={(_, { value }) => put({ until: value })}
        />
      </Field>
    </>
  );
}
