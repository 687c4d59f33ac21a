import { Button, Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { AuditEntry } from './answers.js';
import { useLoad } from './api.js';
import { LoadState, RowTable, Title } from './parts.js';
import { reviewAddress } from './route.js';
import { useEnglishLang, useWords } from './words/language.js';

/** Everything that was done with a case, oldest first. */
export function HistoryView({ id }: { readonly id: string }) {
  const loaded = useLoad<readonly AuditEntry[]>(`reviews/${encodeURIComponent(id)}/history`);
  const { records } = useWords();
  return (
    <>
      <Title name={records.historyWindow}>{records.history}</Title>
      <p>
        <a href={reviewAddress(id)}>{records.backToReview}</a>
      </p>
      <p className="quiet">{records.aboutHistory}</p>
      <LoadState loaded={loaded} />
      {loaded.value && <Entries entries={loaded.value} />}
    </>
  );
}

/** The whole audit, for administrators. */
export function AuditView() {
  const { frame, records } = useWords();
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
      <Title name={frame.views.audit}>{frame.views.audit}</Title>
      <search>
        <form
          className="fields"
          onSubmit={(event) => {
            event.preventDefault();
            search();
          }}
        >
          {field('by', records.person, 'text')}
          {field('what', records.whatDone, 'text')}
          {field('from', records.from, 'date')}
          {field('to', records.to, 'date')}
          <Button type="submit">{records.search}</Button>
        </form>
      </search>
      <LoadState loaded={loaded} />
      {loaded.value && <Entries entries={loaded.value} />}
    </>
  );
}

function Entries({ entries }: { readonly entries: readonly AuditEntry[] }) {
  const { dates, records } = useWords();
  const english = useEnglishLang();
  const { number, when, who, what, detail } = records.entryHeads;
  return (
    <>
      <p className="quiet">{records.entries(entries.length)}</p>
      <RowTable caption={records.entriesCaption} heads={[number, when, who, what, detail]}>
        {entries.map((entry) => (
          <tr key={entry.seq}>
            <th scope="row" data-label={number}>
              {entry.seq}
            </th>
            <td data-label={when}>{dates.time(entry.at)}</td>
            <td data-label={who}>{entry.name ?? entry.by}</td>
            <td data-label={what} lang={english}>
              {entry.what.replaceAll('-', ' ')}
            </td>
            <td data-label={detail} lang={english}>
              {sayDetail(entry.detail)}
            </td>
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
