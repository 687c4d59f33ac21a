import { Button, Checkbox, Field, Input, Select, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import { dayOf } from '../../../src/core/days.js';
import type { AgreementWay, SharedPart, SharingRequest } from '../../../src/core/sharing.js';
import {
  alwaysShared,
  partWords,
  sharingPhrases,
  wayWords,
} from '../../../src/core/sharing-words.js';
import { useAnnounce } from './announce.js';
import type { SharesOfReview } from './answers.js';
import { postTo } from './api.js';
import { useKept } from './kept.js';
import { PageForm, Problem } from './parts.js';

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

const answers = [
  ['agreed', 'Agreed'],
  ['declined', 'Declined'],
  ['not-asked', 'Not asked yet'],
  ['not-known', 'Not known'],
] as const;
const ways = Object.keys(wayWords) as readonly AgreementWay[];
const parts = Object.keys(partWords) as readonly SharedPart[];

type Read =
  | { readonly kind: 'ready'; readonly request: SharingRequest }
  | { readonly kind: 'missing'; readonly words: string };

/** What the form asks the server for, or the first thing that is missing. */
export function readDraft(draft: Draft, advocates: SharesOfReview['advocates']): Read {
  const missing = (words: string): Read => ({ kind: 'missing', words });
  const { id } = advocates.find((one) => one.id === draft.to) ?? {};
  const way = ways.find((one) => one === draft.way);
  if (!id) return missing('Choose the advocate.');
  if (!draft.answer) return missing('Say what the person answered.');
  if (draft.answer !== 'agreed') return missing(sharingPhrases['not-agreed']);
  if (!draft.on) return missing('Give the day the person agreed.');
  if (!way) return missing('Say how the person gave their agreement.');
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
  const [draft, keep, clear] = useKept<Draft>(`share ${path}`, empty);
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);
  const put = (more: Partial<Draft>) => keep({ ...draft, ...more });
  if (advocates.length === 0)
    return <p>There is no further advocate in the directory to share it with.</p>;
  const save = async () => {
    const read = readDraft(draft, advocates);
    if (read.kind === 'missing') return setProblem(read.words);
    if (isSending) return;
    setSending(true);
    const answer = await postTo(path, read.request);
    setSending(false);
    if (answer.kind === 'failed') return setProblem(answer.failure.message);
    const name = advocates.find(({ id }) => id === read.request.with)?.name;
    setProblem(undefined);
    announce(`The case is shared with ${name}.`);
    clear();
    changed();
  };
  return (
    <PageForm name="Share with an advocate" onSubmit={() => void save()}>
      <h3>Share with an advocate</h3>
      <p className="quiet">
        Only with the person’s agreement, recorded here. Whether to share without it, to protect
        somebody’s life, is for people to decide under your force’s policy, outside this tool.
      </p>
      <Field label="Advocate" required>
        <Select value={draft.to} onChange={(_, { value }) => put({ to: value })}>
          <option value="">Choose</option>
          {advocates.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="What the person answered when asked" required>
        <Select value={draft.answer} onChange={(_, { value }) => put({ answer: value })}>
          <option value="">Choose</option>
          {answers.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      {draft.answer === 'agreed' && <AgreementFields draft={draft} put={put} />}
      {problem && <Problem words={problem} />}
      <p className="buttons">
        <Button type="submit" appearance="primary">
          Share the case
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
  const today = dayOf(new Date());
  const mark = (part: SharedPart, isChosen: boolean) =>
    put({ parts: parts.filter((one) => (one === part ? isChosen : draft.parts.includes(one))) });
  return (
    <>
      <Field label="Day the person agreed" required>
        <Input
          type="date"
          max={today}
          value={draft.on}
          onChange={(_, { value }) => put({ on: value })}
        />
      </Field>
      <Field label="How they gave it" required>
        <Select value={draft.way} onChange={(_, { value }) => put({ way: value })}>
          <option value="">Choose</option>
          {ways.map((way) => (
            <option key={way} value={way}>
              {wayWords[way]}
            </option>
          ))}
        </Select>
      </Field>
      <fieldset>
        <legend>What the person agreed to have passed on</legend>
        <p className="quiet">In every share: {alwaysShared}.</p>
        {parts.map((part) => (
          <Checkbox
            key={part}
            label={partWords[part]}
            checked={draft.parts.includes(part)}
            onChange={(_, { checked }) => mark(part, checked === true)}
          />
        ))}
      </fieldset>
      <Field
        label="What must not be passed on, in the person’s words (optional)"
        hint="Kept for the police, and not shown to the advocate. These words hold nothing back by themselves: where they touch something above, leave that unticked."
      >
        <Textarea
          rows={2}
          maxLength={2_000}
          value={draft.limits}
          onChange={(_, { value }) => put({ limits: value })}
        />
      </Field>
      <Field label="Last day of the agreement (optional)">
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
