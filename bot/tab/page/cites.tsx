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
  quotes,
}: {
  readonly cites: readonly SummaryCite[];
  /** Absent where nobody looked for any. */
  readonly quotes?: readonly CitedQuote[];
}) {
  if (cites.length === 0) return null;
  const quoteOf = ({ source, locator }: SummaryCite) =>
    quotes?.find((one) => one.source === source.id && one.locator === locator);
  const passages = [...new Set(cites.flatMap((cite) => quoteOf(cite)?.passage ?? []))];
  return (
    <ul className="cites">
      {cites.map((cite) => (
        <li key={`${cite.source.id} ${cite.locator}`}>
          <Place cite={cite} passages={passages} />
          {quotes && cite.source.url !== null && <Quoted quote={quoteOf(cite)} />}
        </li>
      ))}
    </ul>
  );
}

/** Where it stands; of a document that each force holds itself there is nothing to open, nor was it read here. */
function Place({
  cite: { source, locator },
  passages,
}: {
  readonly cite: SummaryCite;
  /** Of our guidance, behind the other citations. */
  readonly passages: readonly string[];
}) {
  const { publisher, title, url, checkedOn } = source;
  if (url === null)
    return (
      <>
        {publisher}, <cite>{title}</cite>, {locator}.{' '}
        <strong>Your force’s policy; not held here.</strong>
        {passages.length > 0 && ` Our guidance on the other sources: ${passages.join(', ')}.`}
      </>
    );
  return (
    <>
      {publisher}, <cite>{title}</cite>, {locator}. Checked on {sayDay(checkedOn)}.{' '}
      <a href={url} target="_blank" rel="noreferrer">
        Open the source
        <Spoken> {title}, in a new window</Spoken>
      </a>
    </>
  );
}

/** A statement of the guidance, word for word, under the heading of its passage. */
function Quoted({ quote }: { readonly quote: CitedQuote | undefined }) {
  if (!quote) return <p className="quiet">Our guidance holds no words on this place.</p>;
  const { passage, heading, text, at, checkedOn } = quote;
  return (
    <blockquote className="quoted">
      <p className="quiet">
        Our guidance {at === undefined ? 'at the same place' : `at ${at}`}, “{heading}”:
      </p>
      <p>{text}</p>
      <p className="quiet">
        Passage checked on {sayDay(checkedOn)}: {passage}
      </p>
    </blockquote>
  );
}
