import { Button, Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import { sayTime } from '../../../src/core/days.js';
import type { AuditEntry } from './answers.js';
import { useLoad } from './api.js';
import { LoadState, RowTable, Title } from './parts.js';
import { reviewAddress } from './route.js';
import { count } from './words.js';

/** Everything that was done with a case, oldest first. */
export function HistoryView({ id }: { readonly id: string }) {
  const loaded = useLoad<readonly AuditEntry[]>(`reviews/${encodeURIComponent(id)}/history`);
  return (
    <>
      <Title name="History of a case">History of this case</Title>
      <p>
        <a href={reviewAddress(id)}>Back to the review</a>
      </p>
      <p className="quiet">
        Who read, changed, exported or was refused what. Entries cannot be changed; each is chained
        to the one before it.
      </p>
      <LoadState loaded={loaded} />
      {loaded.value && <Entries entries={loaded.value} />}
    </>
  );
}

/** The whole audit, for administrators. */
export function AuditView() {
  const [typed, setTyped] = useState({ by: '', what: '', from: '', to: '' });
  const [query, setQuery] = useState('');
  const loaded = useLoad<readonly AuditEntry[]>(`audit${query}`);
  const field = (name: keyof typeof typed, label: string, type: 'text' | 'date') => (
    <Field label={label}>
      <Input
        type={type}
        value={typed[name]}
        onChange={(_, { value }) => setTyped({ ...typed, [name]: value })}
      />
    </Field>
  );
  const search = () => {
    const given = Object.entries(typed).filter(([, value]) => value.trim() !== '');
    const next = new URLSearchParams(given.map(([name, value]) => [name, value.trim()])).toString();
    setQuery(next ? `?${next}` : '');
  };
  return (
    <>
      <Title name="Audit">Audit</Title>
      <search>
        <form
          className="fields"
          onSubmit={(event) => {
            event.preventDefault();
            search();
          }}
        >
          {field('by', 'Person (id)', 'text')}
          {field('what', 'What was done', 'text')}
          {field('from', 'From', 'date')}
          {field('to', 'To', 'date')}
          <Button type="submit">Search</Button>
        </form>
      </search>
      <LoadState loaded={loaded} />
      {loaded.value && <Entries entries={loaded.value} />}
    </>
  );
}

function Entries({ entries }: { readonly entries: readonly AuditEntry[] }) {
  return (
    <>
      <p className="quiet">{count(entries.length, 'entry', 'entries')}.</p>
      <RowTable caption="Entries" heads={['No.', 'When', 'Who', 'What', 'Detail']}>
        {entries.map((entry) => (
          <tr key={entry.seq}>
            <th scope="row" data-label="No.">
              {entry.seq}
            </th>
            <td data-label="When">{sayTime(entry.at)}</td>
            <td data-label="Who">{entry.name ?? entry.by}</td>
            <td data-label="What">{entry.what.replaceAll('-', ' ')}</td>
            <td data-label="Detail">{sayDetail(entry.detail)}</td>
          </tr>
        ))}
      </RowTable>
    </>
  );
}

function sayDetail(detail: AuditEntry['detail']): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ');
}
