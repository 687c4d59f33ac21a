import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { useAnnounce } from './announce.js';
import type { AskedAgain, ListedTask } from './answers.js';
import { postTo } from './api.js';
import { useKept } from './kept.js';
import { NoteForm } from './note-form.js';
import { Problem } from './parts.js';
import type { Words } from './words/catalogue.js';
import { useEnglishLang, useWords } from './words/language.js';

/** A kind of answer in a word or two; one not known here is said as it is. */
function sayKind(kind: string, { curation }: Words): string {
  const words: Readonly<Record<string, string>> = curation.answers;
  return words[kind] ?? kind;
}

/** Asks the saved question of the guidance as it is loaded now, and shows both answers. */
export function AskAgain({ task }: { readonly task: ListedTask }) {
  const announce = useAnnounce();
  const words = useWords();
  const { curation } = words;
  const [again, setAgain] = useState<AskedAgain>();
  const [problem, setProblem] = useState<string>();
  const ask = async () => {
    const answer = await postTo<AskedAgain>(`tasks/${encodeURIComponent(task.id)}/again`, {});
    if (answer.kind === 'failed') return setProblem(answer.failure.message);
    setProblem(undefined);
    setAgain(answer.value);
    announce(curation.askedAgain(sayKind(answer.value.now.answerKind, words)));
  };
  return (
    <>
      <p className="buttons">
        <Button
          size="small"
          aria-label={curation.askAgainOf(task.question ?? '')}
          onClick={() => void ask()}
        >
          {curation.askAgain}
        </Button>
      </p>
      {problem && <Problem words={problem} />}
      {again && <ThenAndNow {...again} />}
    </>
  );
}

function ThenAndNow({ was, now }: AskedAgain) {
  const words = useWords();
  const { curation } = words;
  const english = useEnglishLang();
  const names = (passages: AskedAgain['was']['passages']) =>
    passages.map(({ id, heading }) => heading ?? curation.noLongerHeld(id)).join(' · ');
  return (
    <dl>
      <dt>{curation.atThatTime(was.knowledgeVersion)}</dt>
      <dd>
        {sayKind(was.answerKind, words)}
        {was.passages.length > 0 && (
          <>
            : <span lang={english}>{names(was.passages)}</span>
          </>
        )}
      </dd>
      <dt>{curation.now(now.knowledgeVersion)}</dt>
      <dd>
        {sayKind(now.answerKind, words)}
        {now.shown.map(({ heading, statements }) => (
          <blockquote key={heading} lang={english}>
            <strong>{heading}</strong>
            {statements.map((statement) => (
              <p key={statement}>{statement}</p>
            ))}
          </blockquote>
        ))}
        {now.shown.length === 0 && now.nearest.length > 0 && (
          <>
            {curation.nearest} <span lang={english}>{now.nearest.join(' · ')}</span>
          </>
        )}
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
  const { curation } = useWords();
  const [as, setAs] = useState<'done' | 'not-ours'>();
  const [note, keep, clear] = useKept(`task ${task.id}`, '');
  const [problem, setProblem] = useState<string>();
  const name = task.question ?? curation.unknownQuestion;
  if (!as)
    return (
      <p className="buttons">
        {(['done', 'not-ours'] as const).map((one) => (
          <Button
            key={one}
            size="small"
            aria-label={`${curation.states[one]}: ${name}`}
            onClick={() => setAs(one)}
          >
            {curation.states[one]}
          </Button>
        ))}
      </p>
    );
  const save = async () => {
    if (note.trim() === '') return setProblem(curation.sayWhat);
    const body = { as, note: note.trim() };
    const answer = await postTo(`tasks/${encodeURIComponent(task.id)}/close`, body);
    const isOver = answer.kind === 'failed' && answer.failure.kind === 'already-closed';
    if (answer.kind === 'failed' && !isOver) return setProblem(answer.failure.message);
    announce(isOver ? curation.closedAlready : curation.closed[as]);
    clear();
    setAs(undefined);
    reload();
    document.querySelector<HTMLElement>('#asked')?.focus();
  };
  return (
    <NoteForm
      name={`${curation.states[as]}: ${name}`}
      label={curation.closing[as]}
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
