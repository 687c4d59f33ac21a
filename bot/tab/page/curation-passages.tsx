import { Field, Select } from '@fluentui/react-components';
import { useState } from 'react';
import { type CuratedPassage, type PassageNeed, passageNeeds } from '../../../src/core/curation.js';
import { sayDay } from '../../../src/core/days.js';
import { RowTable } from './parts.js';
import { count } from './words.js';

const needWords: Readonly<Record<PassageNeed, string>> = {
  overdue: 'Overdue for review',
  ended: 'No longer in force',
  due: 'Due within 30 days',
  draft: 'Draft',
};

/** Passages that need a curator, filtered by need and topic on the page itself: they are few. */
export function CurationPassages({ passages }: { readonly passages: readonly CuratedPassage[] }) {
  const [need, setNeed] = useState<PassageNeed | ''>('');
  const [topic, setTopic] = useState('');
  const topics = [...new Set(passages.map((one) => one.topic))].toSorted();
  const rows = passages.filter(
    (one) => (!need || one.need === need) && (!topic || one.topic === topic),
  );
  const numberOf = (of: PassageNeed) => passages.filter((one) => one.need === of).length;
  if (passages.length === 0)
    return <p className="quiet">No passage is overdue, ended, due within 30 days or a draft.</p>;
  return (
    <>
      <div className="fields">
        <Field label="Needed because">
          <Select
            value={need}
            onChange={(_, { value }) => setNeed(passageNeeds.find((one) => one === value) ?? '')}
          >
            <option value="">All ({passages.length})</option>
            {passageNeeds.map((one) => (
              <option key={one} value={one}>
                {needWords[one]} ({numberOf(one)})
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Topic">
          <Select value={topic} onChange={(_, { value }) => setTopic(value)}>
            <option value="">All</option>
            {topics.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <p role="status">{count(rows.length, 'passage')}</p>
      {rows.length === 0 ? (
        <p className="quiet">None with this need and topic.</p>
      ) : (
        <Rows rows={rows} />
      )}
    </>
  );
}

function Rows({ rows }: { readonly rows: readonly CuratedPassage[] }) {
  return (
    <RowTable
      caption="Passages to look at"
      heads={['Passage', 'Needed because', 'Review by', 'Checked on', 'File']}
      isWordy
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <th scope="row">
            {row.heading} <span className="quiet">{row.id}</span>
          </th>
          <td data-label="Needed because">
            {needWords[row.need]}
            {row.need === 'ended' && row.inForceTo && `: ${sayDay(row.inForceTo)}`}
          </td>
          <td data-label="Review by">{sayDay(row.reviewBy)}</td>
          <td data-label="Checked on">{sayDay(row.checkedOn)}</td>
          <td data-label="File">
            {row.path ? <code>{row.path}</code> : 'in the force’s own guidance'}
          </td>
        </tr>
      ))}
    </RowTable>
  );
}
