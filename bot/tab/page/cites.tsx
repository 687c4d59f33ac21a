import type { SummaryCite } from '../../../src/core/case-summary-schema.js';
import { sayDay } from '../../../src/core/days.js';
import type { CitedQuote } from '../../../src/core/review-detail.js';
import { Spoken } from './parts.js';

/**
 * Each source with its place, the day it was checked, and its address where it has one; under it what the guidance says
 * there, where it says anything.
 */
export function Cites({
  cites,
  quotes = [],
}: {
  readonly cites: readonly SummaryCite[];
  readonly quotes?: readonly CitedQuote[];
}) {
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
          <Quoted
            quote={quotes.find((one) => one.source === source.id && one.locator === locator)}
          />
        </li>
      ))}
    </ul>
  );
}

/** A statement of the guidance, word for word, under the heading of its passage. */
function Quoted({ quote }: { readonly quote: CitedQuote | undefined }) {
  if (!quote) return null;
  const { heading, text, at, checkedOn } = quote;
  return (
    <blockquote className="quoted">
      <p className="quiet">
        Our guidance {at === undefined ? 'at the same place' : `at ${at}`}, “{heading}”:
      </p>
      <p>{text}</p>
      <p className="quiet">Passage checked on {sayDay(checkedOn)}.</p>
    </blockquote>
  );
}
