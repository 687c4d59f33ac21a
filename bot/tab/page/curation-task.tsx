import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { useAnnounce } from './announce.js';
import type { AskedAgain, ListedTask } from './answers.js';
import { postTo } from './api.js';
import { useKept } from './kept.js';
import { NoteForm } from './note-form.js';
import { Problem } from './parts.js';

/** Kinds of answer in a word or two; a kind not known here is said as it is. */
const answerWords: Readonly<Record<string, string>> = {
  answered: 'answered',
  partly: 'answered in part',
  unclear: 'asked back',
  'not-covered': 'not covered',
  urgent: 'emergency guidance',
  refused: 'refused',
  withheld: 'not shown: it failed its check',
};
const sayKind = (kind: string) => answerWords[kind] ?? kind;

/** Asks the saved question of the guidance as it is loaded now, and shows both answers. */
export function AskAgain({ task }: { readonly task: ListedTask }) {
  const announce = useAnnounce();
  const [again, setAgain] = useState<AskedAgain>();
  const [problem, setProblem] = useState<string>();
  const ask = async () => {
    const answer = await postTo<AskedAgain>(`tasks/${encodeURIComponent(task.id)}/again`, {});
    if (answer.kind === 'failed') return setProblem(answer.failure.message);
    setProblem(undefined);
    setAgain(answer.value);
    announce(`Asked again: now ${sayKind(answer.value.now.answerKind)}.`);
  };
  return (
    <>
      <p className="buttons">
        <Button size="small" aria-label={`Ask again: ${task.question}`} onClick={() => void ask()}>
          Ask again
        </Button>
      </p>
      {problem && <Problem words={problem} />}
      {again && <ThenAndNow {...again} />}
    </>
  );
}

function ThenAndNow({ was, now }: AskedAgain) {
  const names = (passages: AskedAgain['was']['passages']) =>
    passages.map(({ id, heading }) => heading ?? `${id} (no longer held)`).join(' · ');
  return (
    <dl>
      <dt>Then (version {was.knowledgeVersion})</dt>
      <dd>
        {sayKind(was.answerKind)}
        {was.passages.length > 0 && `: ${names(was.passages)}`}
      </dd>
      <dt>Now (version {now.knowledgeVersion})</dt>
      <dd>
        {sayKind(now.answerKind)}
        {now.shown.map(({ heading, statements }) => (
          <blockquote key={heading}>
            <strong>{heading}</strong>
            {statements.map((statement) => (
              <p key={statement}>{statement}</p>
            ))}
          </blockquote>
        ))}
        {now.shown.length === 0 &&
          now.nearest.length > 0 &&
          `. Nearest: ${now.nearest.join(' · ')}`}
      </dd>
    </dl>
  );
}

/** Closes a task with a note of what was done, or as none of ours. */
export function CloseTask({
  task,
  reload,
}: {
  readonly task: ListedTask;
  readonly reload: () => void;
}) {
  const announce = useAnnounce();
  const [as, setAs] = useState<'done' | 'not-ours'>();
  const [note, keep, clear] = useKept(`task ${task.id}`, '');
  const [problem, setProblem] = useState<string>();
  const name = task.question ?? 'a question no longer known';
  if (!as)
    return (
      <p className="buttons">
        <Button size="small" aria-label={`Done: ${name}`} onClick={() => setAs('done')}>
          Done
        </Button>
        <Button size="small" aria-label={`Not ours: ${name}`} onClick={() => setAs('not-ours')}>
          Not ours
        </Button>
      </p>
    );
  const save = async () => {
    if (note.trim() === '') return setProblem('Say what was done, or why it is not ours.');
    const body = { as, note: note.trim() };
    const answer = await postTo(`tasks/${encodeURIComponent(task.id)}/close`, body);
    const isOver = answer.kind === 'failed' && answer.failure.kind === 'already-closed';
    if (answer.kind === 'failed' && !isOver) return setProblem(answer.failure.message);
    announce(
      isOver
        ? 'Somebody had already closed this; your note was not saved.'
        : `Closed as ${as === 'done' ? 'done' : 'not ours'}.`,
    );
    clear();
    setAs(undefined);
    reload();
    document.querySelector<HTMLElement>('#asked')?.focus();
  };
  return (
    <NoteForm
      name={`${as === 'done' ? 'Done' : 'Not ours'}: ${name}`}
      label={as === 'done' ? 'What was done' : 'Why it is not ours'}
      most={2_000}
      note={note}
      problem={problem}
      onChange={keep}
      onSave={() => void save()}
      onCancel={() => {
        clear();
        setAs(undefined);
      }}
    />
  );
}
