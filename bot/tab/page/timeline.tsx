import { useEffect, useState } from 'react';
import type { CaseSummary } from '../../../src/core/case-summary-schema.js';
import type { CitedQuote } from '../../../src/core/review-detail.js';
import { loadPicture } from './api.js';
import { Cites } from './cites.js';
import { PlainList } from './summary-parts.js';
import { count } from './words.js';

type Built = NonNullable<CaseSummary['timeline']>;

/** The timeline's picture, and all that it shows in words: facts, months and entries as they were said. */
export function Timeline({
  id,
  timeline,
  quotes,
  hasPicture,
}: {
  readonly id: string;
  readonly timeline: Built;
  readonly quotes: readonly CitedQuote[];
  /** Only of the version that stands. */
  readonly hasPicture: boolean;
}) {
  const { built, facts, months, entries, imports, conflicts } = timeline;
  const [isMissing, setMissing] = useState(!hasPicture);
  const [picture, setPicture] = useState<string>();
  useEffect(() => {
    if (!hasPicture) return;
    let isHere = true;
    void loadPicture(`reviews/${encodeURIComponent(id)}/timeline.png`).then((found) => {
      if (!isHere) return;
      setPicture(found);
      setMissing(found === undefined);
    });
    return () => {
      isHere = false;
    };
  }, [id, hasPicture]);
  return (
    <>
      <p className="quiet">{built}</p>
      {isMissing ? (
        <p className="quiet">The picture cannot be shown; everything in it stands below.</p>
      ) : (
        picture && (
          <img
            className="picture"
            src={picture}
            alt="Timeline of what was reported. All that it shows stands in words below."
            onError={() => setMissing(true)}
          />
        )
      )}
      <h3>Facts and dates to watch</h3>
      <ul>
        {facts.map(({ text, cites }) => (
          <li key={text}>
            {text}
            <Cites cites={cites} quotes={quotes} />
          </li>
        ))}
      </ul>
      <details>
        <summary>Entries by month</summary>
        <ul>
          {months.map(({ month, count: number }) => (
            <li key={month}>
              {month}: {count(number, 'entry', 'entries')}
            </li>
          ))}
        </ul>
      </details>
      <details>
        <summary>Entries as they were said ({entries.length})</summary>
        <ul>
          {entries.map(({ when, text, kinds }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two entries may say the same
            <li key={place}>
              {when}: {text}
              {kinds.length > 0 && <span className="quiet"> ({kinds.join('; ')})</span>}
            </li>
          ))}
        </ul>
      </details>
      {imports.map(({ from, text }) => (
        <details key={from}>
          <summary>{from}</summary>
          <blockquote className="import">{text}</blockquote>
        </details>
      ))}
      {conflicts.length > 0 && (
        <>
          <h3>Where an imported timeline and ours differ</h3>
          <PlainList items={conflicts} />
        </>
      )}
    </>
  );
}
