import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import type { CommitmentKind } from '../../../src/core/commitments.js';
import { dayOf, sayTime } from '../../../src/core/days.js';
import { useAnnounce } from './announce.js';
import type { ListedCommitment } from './answers.js';
import { postTo, useLoad } from './api.js';
import { useKept } from './kept.js';
import { NoteForm } from './note-form.js';
import { LoadState, RowTable, Title } from './parts.js';
import { sayLeft } from './queue-table.js';
import { reviewAddress } from './route.js';

const groups = [
  ['overdue', 'Overdue', 'Nothing on record is overdue.'],
  ['due', 'Due', 'Nothing on record is due.'],
  ['done', 'Done', 'Nothing is marked as done.'],
] as const;

/** Every promise and date owed: overdue first, then what comes. */
export function CommitmentsView() {
  const loaded = useLoad<{ readonly commitments: readonly ListedCommitment[] }>('commitments');
  return (
    <>
      <Title name="Commitments">Commitments</Title>
      <p className="quiet">
        What was promised, updates owed, and dates of bail, orders and the section 2A check. Only
        what was recorded is listed.
      </p>
      <LoadState loaded={loaded} />
      {loaded.value &&
        groups.map(([kind, title, none]) => {
          const rows = loaded.value?.commitments.filter(({ state }) => state === kind) ?? [];
          return (
            <section key={kind} aria-labelledby={`group-${kind}`} className="block">
              <h2 id={`group-${kind}`} tabIndex={-1}>
                {title} ({rows.length})
              </h2>
              {rows.length === 0 ? (
                <p className="quiet">{none}</p>
              ) : (
                <Rows rows={rows} title={title} reload={loaded.reload} />
              )}
            </section>
          );
        })}
    </>
  );
}

const kindWords: Readonly<Record<CommitmentKind, string>> = {
  promise: 'Promise',
  update: 'Update owed',
  referral: 'Referral owed',
  'ask-again': 'To ask again',
  'coming-date': 'Date coming up',
  'check-date': 'Section 2A check',
};

function Rows(given: {
  readonly rows: readonly ListedCommitment[];
  readonly title: string;
  readonly reload: () => void;
}) {
  const { rows, title, reload } = given;
  const today = dayOf(new Date());
  return (
    <RowTable caption={title} heads={['Case', 'What', 'By when', 'Owner', 'Done']}>
      {rows.map((row) => (
        <tr key={row.key}>
          <th scope="row">
            <a href={reviewAddress(row.reviewId)}>{row.caseRef}</a>
          </th>
          <td data-label="What">
            <span className="quiet">{kindWords[row.kind]}:</span> {row.what}
          </td>
          <td data-label="By when">
            {row.due && !row.done ? `${row.when}, ${sayLeft(row.due, today)}` : row.when}
          </td>
          <td data-label="Owner">{row.owner ?? 'nobody named'}</td>
          <td data-label="Done">
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
  const [isOpen, setOpen] = useState(false);
  const [note, keep, clear] = useKept(`done ${row.key}`, '');
  const [problem, setProblem] = useState<string>();
  if (row.done)
    return (
      <>
        {sayTime(row.done.at)}, {row.done.by}: {row.done.note}
      </>
    );
  if (!isOpen)
    return (
      <Button
        size="small"
        aria-label={`Mark as done: ${row.what}, ${row.caseRef}`}
        onClick={() => setOpen(true)}
      >
        Mark as done
      </Button>
    );
  const save = async () => {
    if (note.trim() === '') return setProblem('Say how it was done.');
    const body = { done: true, note: note.trim() };
    const answer = await postTo(`commitments/${encodeURIComponent(row.key)}`, body);
    const isOver = answer.kind === 'failed' && answer.failure.kind === 'already-closed';
    if (answer.kind === 'failed' && !isOver) return setProblem(answer.failure.message);
    announce(
      isOver
        ? 'Somebody had already marked this as done; your note was not saved.'
        : `${row.what} is marked as done.`,
    );
    clear();
    setOpen(false);
    reload();
    document.querySelector<HTMLElement>('main h1')?.focus();
  };
  return (
    <NoteForm
      name={`Mark as done: ${row.what}`}
      label="How it was done"
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
