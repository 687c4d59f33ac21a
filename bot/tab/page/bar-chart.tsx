import { useId } from 'react';
import type { Chart } from '../../../src/core/overview.js';
import { type LabelWords, sayCount, sayLabel } from '../../../src/core/say-label.js';
import { useEnglishLang, useWords } from './words/language.js';

/** Counts as bars, drawn plainly, with the same numbers in a table for whoever cannot see them. */

export function BarChart({ chart }: { readonly chart: Chart }) {
  const id = useId();
  const { records, overview, core, dates } = useWords();
  const english = useEnglishLang();
  const words: LabelWords = { overview, returnCodes: core.returnCodes, day: dates.day };
  const title = overview.titles[chart.id];
  const rows = chart.rows.map((row) => {
    const { said: label, isRecorded } = sayLabel(row.label, words);
    const lang = isRecorded ? english : undefined;
    return { label, lang, count: row.count ?? 0, said: sayCount(row, words) };
  });
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <section aria-labelledby={id} className="chart">
      <h2 id={id}>{title}</h2>
      {rows.length === 0 ? (
        <p className="quiet">{records.nothingToCount}</p>
      ) : (
        <>
          <ul className="bars" aria-hidden="true">
            {rows.map(({ label, lang, count, said }) => (
              <li key={label}>
                <span lang={lang}>{label}</span>
                <span className="bar">
                  <span style={{ width: `${(count / most) * 100}%` }} />
                </span>
                <span>{said}</span>
              </li>
            ))}
          </ul>
          <details>
            <summary>
              {title}
              {records.asTable}
            </summary>
            <table className="numbers">
              <thead>
                <tr>
                  <th scope="col">{title}</th>
                  <th scope="col">{overview.units[chart.id]}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ label, lang, said }) => (
                  <tr key={label}>
                    <th scope="row" lang={lang}>
                      {label}
                    </th>
                    <td>{said}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </>
      )}
    </section>
  );
}
