import type { SummaryCite } from '../../../src/core/case-summary-schema.js';
import { sayDay } from '../../../src/core/days.js';
import { Spoken } from './parts.js';

/** Each source with its place, the day it was checked, and its address where it has one. */
export function Cites({ cites }: { readonly cites: readonly SummaryCite[] }) {
  if (cites.length === 0) return null;
  return (
    <ul className="cites">
      {cites.map(({ source, locator }) => (
        <li key={`${source.id} ${locator}`}>
          {source.publisher}, <cite>{source.title}</cite>, {locator}. Checked on{' '}
          {sayDay(source.checkedOn)}.{' '}
          {source.url ? (
            <a href={source.url} target="_blank" rel="noreferrer">
              Open the source
              <Spoken> {source.title}, in a new window</Spoken>
            </a>
          ) : (
            'Not published on the web.'
          )}
        </li>
      ))}
    </ul>
  );
}
