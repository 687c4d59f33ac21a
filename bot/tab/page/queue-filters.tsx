import { Button, Field, Input, Select } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { ReviewRow } from '../../../src/core/review-list.js';
import { filterFields, type QueryField, withField } from './queue-query.js';
import { queueAddress } from './route.js';
import type { Words } from './words/catalogue.js';
import { useWords } from './words/language.js';

type Choices = readonly (readonly [value: string, label: string])[];

/** What each field can be set to; no value is the first. */
function choicesOf({ queue }: Words) {
  const { flagChoices, ages, within, handedChoices, sorts } = queue;
  return {
    flags: [
      ['', flagChoices.all],
      ['red', flagChoices.red],
      ['amber', flagChoices.amber],
    ],
    ages: [
      ['', ages.any],
      ['4', ages['4']],
      ['24', ages['24']],
      ['72', ages['72']],
      ['168', ages['168']],
    ],
    dates: [
      ['', within.any],
      ['7', within['7']],
      ['14', within['14']],
      ['30', within['30']],
      ['90', within['90']],
    ],
    handed: [
      ['', handedChoices.all],
      ['me', handedChoices.me],
      ['nobody', handedChoices.nobody],
    ],
    sorts: [
      ['urgent', sorts.urgent],
      ['oldest', sorts.oldest],
      ['newest', sorts.newest],
      ['check-date', sorts['check-date']],
    ],
  } as const satisfies Readonly<Record<string, Choices>>;
}

/** Search, order and filters. Each choice changes the address, which the list follows. */
export function QueueFilters({
  query,
  rows,
}: {
  readonly query: URLSearchParams;
  readonly rows: readonly ReviewRow[];
}) {
  const w = useWords();
  const { queue } = w;
  const { flags, ages, dates, handed, sorts } = choicesOf(w);
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
        {type('search', queue.search, [])}
        {choose('sort', queue.order, sorts)}
      </div>
      <details>
        <summary>{on > 0 ? queue.filtersOn(on) : queue.filters}</summary>
        <div className="fields">
          {choose('flag', queue.flags, flags)}
          {choose('handed', queue.handed, handed)}
          {choose('olderThanHours', queue.waitingFor, ages)}
          {choose('datesWithin', queue.dates, dates)}
          {type('script', queue.script, seenIn(rows.flatMap(({ scripts }) => scripts)))}
          {type('team', queue.team, seenIn(rows.flatMap(({ team }) => team ?? [])))}
          {type('author', queue.author, seenIn(rows.map(({ author }) => author)))}
        </div>
      </details>
      {(on > 0 || query.get('search')) && <Button onClick={clear}>{queue.clear}</Button>}
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
