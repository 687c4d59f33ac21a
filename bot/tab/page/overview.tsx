import { Field, Select } from '@fluentui/react-components';
import { useState } from 'react';
import { sayDay } from '../../../src/core/days.js';
import type { Overview } from '../../../src/core/overview.js';
import { useLoad } from './api.js';
import { BarChart } from './bar-chart.js';
import { LoadState, Title } from './parts.js';

const spans = [4, 12, 26, 52] as const;

/** Counts over time, by team and topic; never by person. */
export function OverviewView() {
  const [weeks, setWeeks] = useState(12);
  const loaded = useLoad<Overview>(`overview?weeks=${weeks}`);
  return (
    <>
      <Title name="Overview">Overview</Title>
      <div className="fields">
        <Field label="Weeks counted">
          <Select value={String(weeks)} onChange={(_, { value }) => setWeeks(Number(value))}>
            {spans.map((span) => (
              <option key={span} value={span}>
                {span} weeks
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <p className="quiet">
        {loaded.value && `${sayDay(loaded.value.from)} to ${sayDay(loaded.value.to)}. `}Counts of
        records, not measures of anybody’s work. Small counts are not shown.
      </p>
      <LoadState loaded={loaded} />
      <div className="charts">
        {loaded.value?.charts.map(({ title, unit, rows }) => (
          <BarChart key={title} title={title} unit={unit} rows={rows} />
        ))}
      </div>
    </>
  );
}
