import { Button, Field, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import type { ReviewDetail } from '../../../src/core/review-detail.js';
import type { Refusal } from './acts.js';
import { useAnnounce } from './announce.js';
import { postTo } from './api.js';
import { useKept } from './kept.js';
import { PageForm } from './parts.js';
import { RefusalBox } from './refusal.js';
import { useWords } from './words/language.js';

/** The author's way back: the summary as the case stands now, as the next version. */
export function SendAgain({
  detail,
  reload,
}: {
  readonly detail: ReviewDetail;
  readonly reload: () => void;
}) {
  const announce = useAnnounce();
  const { core, review } = useWords();
  const [note, keep, clear] = useKept(`again ${detail.id}`, '');
  const [refusal, setRefusal] = useState<Refusal>();
  const [isSending, setSending] = useState(false);
  const [unchanged, setUnchanged] = useState<string>();
  const send = async (isSure: boolean) => {
    // One press is one version: a second would say that nothing has changed.
    if (isSending) return;
    setSending(true);
    const words = note.trim() ? { note: note.trim() } : {};
    const body = { ...words, ...(isSure ? { isSure } : {}) };
    const path = `reviews/${encodeURIComponent(detail.id)}/submit`;
    const answer = await postTo<{ readonly kind: 'submitted' | 'unchanged' }>(path, body);
    setSending(false);
    if (answer.kind === 'failed') {
      const { kind, message } = answer.failure;
      const { findings = [] } = (answer.failure.body ?? {}) as Partial<Refusal>;
      return setRefusal({ kind, message, findings, differences: [], points: [] });
    }
    setRefusal(undefined);
    announce(core.refusals[answer.value.kind]);
    if (answer.value.kind === 'unchanged') return setUnchanged(core.refusals.unchanged);
    clear();
    reload();
    document.querySelector<HTMLElement>('main h1')?.focus();
  };
  return (
    <PageForm name={review.sendAgain} onSubmit={() => void send(false)}>
      <p>{review.corrections}</p>
      <Field label={review.noteToSupervisor}>
        <Textarea
          rows={2}
          maxLength={4_000}
          value={note}
          onChange={(_, { value }) => keep(value)}
        />
      </Field>
      {refusal && (
        <RefusalBox refusal={refusal} points={detail.points} insist={() => void send(true)} />
      )}
      {unchanged && <p>{unchanged}</p>}
      <p className="buttons">
        <Button type="submit" appearance="primary">
          {review.sendAgainAs(detail.version + 1)}
        </Button>
      </p>
    </PageForm>
  );
}
