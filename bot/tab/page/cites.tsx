import type { SummaryCite } from '../../../src/core/case-summary-schema.js';
import type { CitedQuote } from '../../../src/core/review-detail.js';
import { Spoken } from './parts.js';
import { useEnglishLang, useWords } from './words/language.js';

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
  const { lines, dates } = useWords();
  const english = useEnglishLang();
  const { publisher, title, url, checkedOn } = source;
  const where = (
    <span lang={english}>
      {publisher}, <cite>{title}</cite>, {locator}.
    </span>
  );
  if (url === null)
    return (
      <>
        {where} <strong>{lines.forcePolicy}</strong>
        {passages.length > 0 && ` ${lines.otherSources(passages.join(', '))}`}
      </>
    );
  return (
    <>
      {where} {lines.checkedOn(dates.day(checkedOn))}{' '}
      <a href={url} target="_blank" rel="noreferrer">
        {lines.openSource}
        <Spoken>
          {' '}
          <span lang={english}>{title}</span>
          {lines.newWindow}
        </Spoken>
      </a>
    </>
  );
}

/** A statement of the guidance, word for word, under the heading of its passage. */
function Quoted({ quote }: { readonly quote: CitedQuote | undefined }) {
  const { lines, dates } = useWords();
  const english = useEnglishLang();
  if (!quote) return <p className="quiet">{lines.noWords}</p>;
  const { passage, heading, text, at, checkedOn } = quote;
  return (
    <blockquote className="quoted">
      <p className="quiet">
        {at === undefined ? lines.guidanceSame : lines.guidanceAt(at)}{' '}
        <span lang={english}>“{heading}”</span>:
      </p>
      <p lang={english}>{text}</p>
      <p className="quiet">
        {lines.passageChecked(dates.day(checkedOn))} {passage}
      </p>
    </blockquote>
  );
}
