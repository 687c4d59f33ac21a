import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { dayOf } from '../../../src/core/days.js';
import { useAnnounce } from './announce.js';
import type { ListedCommitment } from './answers.js';
import { postTo, useLoad } from './api.js';
import { useKept } from './kept.js';
import { NoteForm } from './note-form.js';
import { LoadState, RowTable, Title } from './parts.js';
import { sayLeft } from './queue-table.js';
import { reviewAddress } from './route.js';
import { useEnglishLang, useWords } from './words/language.js';

const groups = ['overdue', 'due', 'done'] as const;

/** Every promise and date owed: overdue first, then what comes. */
export function CommitmentsView() {
  const { frame, records } = useWords();
  const loaded = useLoad<{ readonly commitments: readonly ListedCommitment[] }>('commitments');
  return (
    <>
      <Title name={frame.views.commitments}>{frame.views.commitments}</Title>
      <p className="quiet">{records.aboutCommitments}</p>
      <LoadState loaded={loaded} />
      {loaded.value &&
        groups.map((kind) => {
          const title = records.groups[kind];
          const rows = loaded.value?.commitments.filter(({ state }) => state === kind) ?? [];
          return (
            <section key={kind} aria-labelledby={`group-${kind}`} className="block">
              <h2 id={`group-${kind}`} tabIndex={-1}>
                {title} ({rows.length})
              </h2>
              {rows.length === 0 ? (
                <p className="quiet">{records.noneIn[kind]}</p>
              ) : (
                <Rows rows={rows} title={title} reload={loaded.reload} />
              )}
            </section>
          );
        })}
    </>
  );
}

function Rows(given: {
  readonly rows: readonly ListedCommitment[];
  readonly title: string;
  readonly reload: () => void;
}) {
  const { rows, title, reload } = given;
  const w = useWords();
  const { heads, kinds, nobodyNamed } = w.records;
  const english = useEnglishLang();
  const today = dayOf(new Date());
  return (
    <RowTable caption={title} heads={[heads.case, heads.what, heads.when, heads.owner, heads.done]}>
      {rows.map((row) => (
        <tr key={row.key}>
          <th scope="row">
            <a href={reviewAddress(row.reviewId)}>{row.caseRef}</a>
          </th>
          <td data-label={heads.what}>
            <span className="quiet">{kinds[row.kind]}:</span> <span lang={english}>{row.what}</span>
          </td>
          <td data-label={heads.when}>
            <span lang={english}>{row.when}</span>
            {row.due && !row.done && `, ${sayLeft(row.due, today, w)}`}
          </td>
          <td data-label={heads.owner}>{row.owner ?? nobodyNamed}</td>
          <td data-label={heads.done}>
            <Done row={row} reload={reload} />
          </td>
        </tr>
      ))}
    </RowTable>
  );
}

/** Who closed it and how, or the way to close it. */
function Done({ row, reload }: { readonly row: ListedCommitment; readonly reload: () => void }) {
  const announce = useAnnounce();
  const { dates, records } = useWords();
  const english = useEnglishLang();
  const [isOpen, setOpen] = useState(false);
  const [note, keep, clear] = useKept(`done ${row.key}`, '');
  const [problem, setProblem] = useState<string>();
  if (row.done)
    return (
      <>
        {dates.time(row.done.at)}, {row.done.by}: <span lang={english}>{row.done.note}</span>
      </>
    );
  if (!isOpen)
    return (
      <Button
        size="small"
        aria-label={`${records.markDoneOf(row.what)}, ${row.caseRef}`}
        onClick={() => setOpen(true)}
      >
        {records.markDone}
      </Button>
    );
  const save = async () => {
    if (note.trim() === '') return setProblem(records.sayHow);
    const body = { done: true, note: note.trim() };
    const answer = await postTo(`commitments/${encodeURIComponent(row.key)}`, body);
    const isOver = answer.kind === 'failed' && answer.failure.kind === 'already-closed';
    if (answer.kind === 'failed' && !isOver) return setProblem(answer.failure.message);
    announce(isOver ? records.doneAlready : records.isDone(row.what));
    clear();
    setOpen(false);
    reload();
    document.querySelector<HTMLElement>('main h1')?.focus();
  };
  return (
    <NoteForm
      name={records.markDoneOf(row.what)}
      label={records.howDone}
      most={4_000}
      note={note}
      problem={problem}
      onChange={keep}
      onSave={() => void save()}
      onCancel={() => {
        clear();
        setOpen(false);
      }}
    />
  );
}
