import { parse } from 'csv-parse/sync';
import type { ReadCsv } from '../core/timeline-imports.js';

/**
 * Reads delimited text with quoted fields. Rows may differ in length, and a quotation mark within a field is
 * taken as it stands; undefined when one is opened at the beginning of a field and never closed.
 */
export const readCsv: ReadCsv = (text, delimiter) => {
  /** The line each record ends on; the package does not tell where it begins. */
  const ends: number[] = [];
  try {
    const records = parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      on_record: (record: string[], { lines }) => {
        ends.push(lines);
        return record;
      },
    });
    return records.map((cells, at) => ({ line: (ends[at] ?? 0) - breaksIn(cells), cells }));
  } catch {
    // What is wrong with somebody's text is not a fault: it is then read line by line.
    return undefined;
  }
};

function breaksIn(cells: readonly string[]): number {
  return cells.join('').match(/\r\n?|\n/g)?.length ?? 0;
}
