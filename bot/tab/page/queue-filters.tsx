import { Button, Field, Input, Select } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { ReviewRow } from '../../../src/core/review-list.js';
import { filterFields, type QueryField, withField } from './queue-query.js';
import { queueAddress } from './route.js';

type Choices = readonly (readonly [value: string, label: string])[];

const flags: Choices = [
  ['', 'All'],
  ['red', 'With a red flag'],
  ['amber', 'With an amber flag'],
];
const ages: Choices = [
  ['', 'Any time'],
  ['4', '4 hours or more'],
  ['24', '1 day or more'],
  ['72', '3 days or more'],
  ['168', '1 week or more'],
];
const dates: Choices = [
  ['', 'Any time'],
  ['7', 'Within 7 days'],
  ['14', 'Within 14 days'],
  ['30', 'Within 30 days'],
  ['90', 'Within 90 days'],
];
const handed: Choices = [
  ['', 'Anybody or nobody'],
  ['me', 'Me'],
  ['nobody', 'Nobody'],
];
const sorts: Choices = [
  ['urgent', 'Most urgent first'],
  ['oldest', 'Longest waiting first'],
  ['newest', 'Newest first'],
  ['check-date', 'Next check date first'],
];

/** Search, order and filters. Each choice changes the address, which the list follows. */
export function QueueFilters({
  query,
  rows,
}: {
  readonly query: URLSearchParams;
  readonly rows: readonly ReviewRow[];
}) {
  const set = (field: QueryField, value: string) => {
    window.location.hash = queueAddress(withField(query, field, value));
  };
  const on = filterFields.filter((field) => query.get(field)).length;
  const clear = () => {
    const next = [...filterFields, 'search' as const].reduce(
      (left, field) => withField(left, field, ''),
      query,
    );
    window.location.hash = queueAddress(next);
  };
  const choose = (field: QueryField, label: string, choices: Choices) => (
    <Field label={label}>
      <Select
        value={query.get(field) ?? choices[0]?.[0] ?? ''}
        onChange={(_, { value }) => set(field, value)}
      >
        {choices.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
  const type = (field: QueryField, label: string, seen: readonly string[]) => (
    <Typed
      key={`${field} ${query.get(field) ?? ''}`}
      field={field}
      label={label}
      seen={seen}
      value={query.get(field) ?? ''}
      set={set}
    />
  );
  return (
    <search className="filters">
      <div className="fields">
        {type('search', 'Case reference', [])}
        {choose('sort', 'Order', sorts)}
      </div>
      <details>
        <summary>Filters{on > 0 ? ` (${on} in use)` : ''}</summary>
        <div className="fields">
          {choose('flag', 'Flags', flags)}
          {choose('handed', 'Handed to', handed)}
          {choose('olderThanHours', 'Waiting for', ages)}
          {choose('datesWithin', 'Check date or end of an order', dates)}
          {type('script', 'Script', seenIn(rows.flatMap(({ scripts }) => scripts)))}
          {type('team', 'Team', seenIn(rows.flatMap(({ team }) => team ?? [])))}
          {type('author', 'Author', seenIn(rows.map(({ author }) => author)))}
        </div>
      </details>
      {(on > 0 || query.get('search')) && <Button onClick={clear}>Clear search and filters</Button>}
    </search>
  );
}

function seenIn(words: readonly string[]): readonly string[] {
  return [...new Set(words)].sort();
}

/** A field of free words, taken when Enter is pressed or it is left, so that the list does not jump at each letter. */
function Typed(given: {
  readonly field: QueryField;
  readonly label: string;
  readonly value: string;
  readonly seen: readonly string[];
  readonly set: (field: QueryField, value: string) => void;
}) {
  const { field, label, value, seen, set } = given;
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const take = () => typed.trim() !== value && set(field, typed.trim());
  const list = `seen-${field}`;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      <Field label={label}>
        <Input
          type={field === 'search' ? 'search' : 'text'}
          value={typed}
          list={seen.length > 0 ? list : undefined}
          maxLength={60}
          onChange={(_, { value: next }) => setTyped(next)}
          onBlur={take}
        />
      </Field>
      {seen.length > 0 && (
        <datalist id={list}>
          {seen.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </form>
  );
}
