import { useId } from 'react';
import type { Chart } from '../../../src/core/overview.js';
import { type LabelWords, sayCount, sayLabel } from '../../../src/core/say-label.js';
import { useEnglishLang, useWords } from './words/language.js';

/** Counts as bars, drawn plainly, with the same numbers in a table for whoever cannot see them. */

const barHeight = 22;
const labelWidth = 190;
const barsWidth = 340;

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
  const height = rows.length * barHeight;
  return (
    <section aria-labelledby={id} className="chart">
      <h2 id={id}>{title}</h2>
      {rows.length === 0 ? (
        <p className="quiet">{records.nothingToCount}</p>
      ) : (
        <>
          <svg
            viewBox={`0 0 ${labelWidth + barsWidth + 80} ${height}`}
            aria-hidden="true"
            className="bars"
          >
            {rows.map(({ label, lang, count, said }, place) => {
              const width = (count / most) * barsWidth;
              const y = place * barHeight;
              return (
                <g key={label}>
                  <text x={labelWidth - 8} y={y + 15} textAnchor="end" lang={lang}>
                    {shortened(label)}
                  </text>
                  <rect x={labelWidth} y={y + 4} width={width} height={barHeight - 8} />
                  <text x={labelWidth + width + 6} y={y + 15}>
                    {said}
                  </text>
                </g>
              );
            })}
          </svg>
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

/** The whole label stands in the table. */
function shortened(label: string): string {
  return label.length > 28 ? `${label.slice(0, 27)}…` : label;
}
