import { Button, Field, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import type { ReviewDetail, ReviewLine } from '../../../src/core/review-detail.js';
import type { Refusal, SendAct } from './acts.js';
import { useKept } from './kept.js';
import { nameOfLine } from './line-sources.js';
import { PageForm } from './parts.js';
import { RefusalBox } from './refusal.js';
import { useWords } from './words/language.js';

/** The supervisor's words in place of a line, with the reason; the draft stays in the record. */
export function EditLine(given: {
  readonly detail: ReviewDetail;
  readonly line: ReviewLine;
  readonly send: SendAct;
  readonly close: () => void;
}) {
  const { detail, line, send, close } = given;
  const words = useWords();
  const { lines } = words;
  const key = `edit ${detail.id} ${line.key}`;
  const [{ text, why }, keep, clear] = useKept(key, { text: line.text, why: '' });
  const [refusal, setRefusal] = useState<Refusal>();
  const [missing, setMissing] = useState(false);
  const isChanged = text.trim() !== line.text;
  const save = async (isSure: boolean) => {
    if (!isChanged || why.trim() === '' || text.trim() === '') return setMissing(true);
    setMissing(false);
    const act = {
      kind: 'line-edited',
      line: line.key,
      text: text.trim(),
      why: why.trim(),
    } as const;
    const sent = await send(act, lines.wordsChanged(nameOfLine(line.key, words)), isSure);
    if (sent.kind === 'refused') return setRefusal(sent.refusal);
    clear();
    close();
  };
  const cancel = () => {
    clear();
    close();
  };
  return (
    <PageForm
      name={lines.changeWordsOf(nameOfLine(line.key, words))}
      onSubmit={() => void save(false)}
    >
      <Field
        label={lines.inYourWords}
        required
        validationMessage={missing && !isChanged ? lines.changeFirst : null}
      >
        <Textarea
          autoFocus
          rows={4}
          maxLength={4_000}
          value={text}
          onChange={(_, { value }) => keep({ text: value, why })}
        />
      </Field>
      <Field
        label={lines.why}
        required
        validationMessage={missing && why.trim() === '' ? lines.sayWhy : null}
      >
        <Textarea
          rows={2}
          maxLength={4_000}
          value={why}
          onChange={(_, { value }) => keep({ text, why: value })}
        />
      </Field>
      {refusal && (
        <RefusalBox refusal={refusal} points={detail.points} insist={() => void save(true)} />
      )}
      <p className="buttons">
        <Button appearance="primary" type="submit">
          {lines.saveWords}
        </Button>
        <Button onClick={cancel}>{lines.keepLine}</Button>
      </p>
    </PageForm>
  );
}
