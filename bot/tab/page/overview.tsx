import { Field, Select } from '@fluentui/react-components';
import { useState } from 'react';
import type { Overview } from '../../../src/core/overview.js';
import { sayTeam } from '../../../src/core/say-label.js';
import { useLoad } from './api.js';
import { BarChart } from './bar-chart.js';
import { LoadState, Title } from './parts.js';
import { useWords } from './words/language.js';

const spans = [4, 12, 26, 52] as const;

/** Counts over time, by team and topic; never by person. */
export function OverviewView() {
  const { frame, records, dates, overview } = useWords();
  const [weeks, setWeeks] = useState(12);
  const [team, setTeam] = useState('');
  const asked = new URLSearchParams({ weeks: String(weeks), ...(team ? { team } : {}) });
  const loaded = useLoad<Overview>(`overview?${asked}`);
  // The team asked for stays a choice when it sent nothing in a shorter time.
  const teams = [...new Set([...(loaded.value?.teams ?? []), ...(team ? [team] : [])])].sort();
  return (
    <>
      <Title name={frame.views.overview}>{frame.views.overview}</Title>
      <div className="fields">
        <Field label={records.weeksCounted}>
          <Select value={String(weeks)} onChange={(_, { value }) => setWeeks(Number(value))}>
            {spans.map((span) => (
              <option key={span} value={span}>
                {records.weeks(span)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={records.team}>
          <Select value={team} onChange={(_, { value }) => setTeam(value)}>
            <option value="">{records.allTeams}</option>
            {teams.map((one) => (
              <option key={one} value={one}>
                {sayTeam(one, overview)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <p className="quiet">
        {loaded.value && records.span(dates.day(loaded.value.from), dates.day(loaded.value.to))}
        {records.aboutCounts}
      </p>
      <LoadState loaded={loaded} />
      <div className="charts">
        {loaded.value?.charts.map((chart) => (
          <BarChart key={chart.id} chart={chart} />
        ))}
      </div>
    </>
  );
}
