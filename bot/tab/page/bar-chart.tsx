import { useId } from 'react';
import type { Count } from '../../../src/core/overview.js';
import { useEnglishLang, useWords } from './words/language.js';

/** Counts as bars, drawn plainly, with the same numbers in a table for whoever cannot see them. */

const barHeight = 22;
const labelWidth = 190;
const barsWidth = 340;

export function BarChart({
  title,
  unit,
  rows,
}: {
  readonly title: string;
  readonly unit: string;
  readonly rows: readonly Count[];
}) {
  const id = useId();
  const { records } = useWords();
  const english = useEnglishLang();
  const most = Math.max(1, ...rows.map(({ count }) => count ?? 0));
  const height = rows.length * barHeight;
  return (
    <section aria-labelledby={id} className="chart">
      <h2 id={id} lang={english}>
        {title}
      </h2>
      {rows.length === 0 ? (
        <p className="quiet">{records.nothingToCount}</p>
      ) : (
        <>
          <svg
            viewBox={`0 0 ${labelWidth + barsWidth + 80} ${height}`}
            aria-hidden="true"
            className="bars"
          >
            {rows.map(({ label, count, said }, place) => {
              const width = ((count ?? 0) / most) * barsWidth;
              const y = place * barHeight;
              return (
                <g key={label}>
                  <text x={labelWidth - 8} y={y + 15} textAnchor="end">
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
              <span lang={english}>{title}</span>
              {records.asTable}
            </summary>
            <table className="numbers" lang={english}>
              <thead>
                <tr>
                  <th scope="col">{title}</th>
                  <th scope="col">{unit}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ label, said }) => (
                  <tr key={label}>
                    <th scope="row">{label}</th>
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
