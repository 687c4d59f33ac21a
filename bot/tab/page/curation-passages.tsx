import { Field, Select } from '@fluentui/react-components';
import { useState } from 'react';
import { type CuratedPassage, type PassageNeed, passageNeeds } from '../../../src/core/curation.js';
import { RowTable } from './parts.js';
import { useEnglishLang, useWords } from './words/language.js';

/** Passages that need a curator, filtered by need and topic on the page itself: they are few. */
export function CurationPassages({ passages }: { readonly passages: readonly CuratedPassage[] }) {
  const { curation } = useWords();
  const [need, setNeed] = useState<PassageNeed | ''>('');
  const [topic, setTopic] = useState('');
  const topics = [...new Set(passages.map((one) => one.topic))].toSorted();
  const rows = passages.filter(
    (one) => (!need || one.need === need) && (!topic || one.topic === topic),
  );
  const numberOf = (of: PassageNeed) => passages.filter((one) => one.need === of).length;
  if (passages.length === 0) return <p className="quiet">{curation.noPassage}</p>;
  return (
    <>
      <div className="fields">
        <Field label={curation.needed}>
          <Select
            value={need}
            onChange={(_, { value }) => setNeed(passageNeeds.find((one) => one === value) ?? '')}
          >
            <option value="">{`${curation.all} (${passages.length})`}</option>
            {passageNeeds.map((one) => (
              <option key={one} value={one}>
                {curation.needs[one]} ({numberOf(one)})
              </option>
            ))}
          </Select>
        </Field>
        <Field label={curation.topic}>
          <Select value={topic} onChange={(_, { value }) => setTopic(value)}>
            <option value="">{curation.all}</option>
            {topics.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <p role="status">{curation.passages(rows.length)}</p>
      {rows.length === 0 ? <p className="quiet">{curation.noneWith}</p> : <Rows rows={rows} />}
    </>
  );
}

function Rows({ rows }: { readonly rows: readonly CuratedPassage[] }) {
  const { curation, dates } = useWords();
  const english = useEnglishLang();
  const { heads, needed } = curation;
  return (
    <RowTable
      caption={curation.toLookAt}
      heads={[heads.passage, needed, heads.reviewBy, heads.checkedOn, heads.file]}
      isWordy
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <th scope="row">
            <span lang={english}>{row.heading}</span> <span className="quiet">{row.id}</span>
          </th>
          <td data-label={needed}>
            {curation.needs[row.need]}
            {row.need === 'ended' && row.inForceTo && `: ${dates.day(row.inForceTo)}`}
          </td>
          <td data-label={heads.reviewBy}>{dates.day(row.reviewBy)}</td>
          <td data-label={heads.checkedOn}>{dates.day(row.checkedOn)}</td>
          <td data-label={heads.file}>
            {row.path ? <code>{row.path}</code> : curation.ownGuidance}
          </td>
        </tr>
      ))}
    </RowTable>
  );
}
