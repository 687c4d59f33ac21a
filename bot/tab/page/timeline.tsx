import { useEffect, useState } from 'react';
import type { CaseSummary } from '../../../src/core/case-summary-schema.js';
import type { CitedQuote } from '../../../src/core/review-detail.js';
import { loadPicture } from './api.js';
import { Cites } from './cites.js';
import { PlainList } from './summary-parts.js';
import { useEnglishLang, useWords } from './words/language.js';

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
  const { lines } = useWords();
  const english = useEnglishLang();
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
      <p className="quiet" lang={english}>
        {built}
      </p>
      {isMissing ? (
        <p className="quiet">{lines.noPicture}</p>
      ) : (
        picture && (
          <img
            className="picture"
            src={picture}
            alt={lines.pictureAlt}
            onError={() => setMissing(true)}
          />
        )
      )}
      <h3>{lines.facts}</h3>
      <ul>
        {facts.map(({ text, cites }) => (
          <li key={text}>
            <span lang={english}>{text}</span>
            <Cites cites={cites} quotes={quotes} />
          </li>
        ))}
      </ul>
      <details>
        <summary>{lines.byMonth}</summary>
        <ul>
          {months.map(({ month, count: number }) => (
            <li key={month}>
              <span lang={english}>{month}</span>: {lines.entries(number)}
            </li>
          ))}
        </ul>
      </details>
      <details>
        <summary>{lines.asSaid(entries.length)}</summary>
        <ul lang={english}>
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
          <summary lang={english}>{from}</summary>
          <blockquote className="import" lang={english}>
            {text}
          </blockquote>
        </details>
      ))}
      {conflicts.length > 0 && (
        <>
          <h3>{lines.conflicts}</h3>
          <PlainList items={conflicts} />
        </>
      )}
    </>
  );
}
