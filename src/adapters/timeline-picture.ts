import { createRequire } from 'node:module';
import { crc32, deflateSync } from 'node:zlib';
import { sayMonth } from '../core/days.js';
import { sayWhen } from '../core/timeline.js';
import type { PeriodCount, TimelineFacts } from '../core/timeline-facts.js';

/**
 * The timeline as a bar chart in a PNG: how many entries in each month, or in each longer stretch where the months
 * would not fit. Only dates and counts are drawn. It stands on its own white ground with a border, in dark blue
 * and black, so that it reads alike in every theme and no colour says anything. The letters come with us, since
 * the machine may have none. The text equivalent is `altText` in core/timeline-facts.ts. Longer than most for the
 * writing of a PNG that is small enough.
 */

const width = 640;
const height = 280;
const mostBars = 24;
/** A bar stands for so many months: one, a quarter, a year, or more years. */
const units = [1, 3, 12, 60, 120, 1_200] as const;
type Unit = (typeof units)[number];

const unitWords: Readonly<Record<Unit, string>> = {
  1: 'One bar = one month.',
  3: 'One bar = three months (Q1 = January to March).',
  12: 'One bar = one year.',
  60: 'One bar = five years, from the year shown.',
  120: 'One bar = ten years, from the year shown.',
  1200: 'One bar = a hundred years, from the year shown.',
};

type Bar = { readonly start: number; readonly count: number; readonly about: number };
type Chart = { readonly unit: Unit; readonly bars: readonly Bar[]; readonly notDrawn: number };

/** The chart as a PNG of 640 by 280 pixels; the same facts always give the same bytes. */
export async function drawTimeline(facts: TimelineFacts): Promise<Buffer> {
  // Loaded here and not at the start: few conversations need a picture.
  const { renderAsync } = await import('@resvg/resvg-js');
  const fonts = createRequire(import.meta.url);
  const image = await renderAsync(timelineSvg(facts), {
    font: {
      loadSystemFonts: false,
      fontFiles: ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) =>
        fonts.resolve(`dejavu-fonts-ttf/ttf/${file}`),
      ),
      defaultFontFamily: 'DejaVu Sans',
    },
  });
  return encodePng(image.pixels);
}

/**
 * A PNG of opaque pixels. The package's own is made in haste and up to three times as large, too large for a card;
 * this leaves out the transparency, which there is none of, and compresses as well as it can.
 */
function encodePng(pixels: Buffer): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let at = 0; at < width * height; at += 1) {
    // Each row begins with a zero: its pixels are stored as they are.
    const to = at * 3 + Math.floor(at / width) + 1;
    pixels.copy(rows, to, at * 4, at * 4 + 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits for each of red, green and blue.
  header.set([8, 2], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const body = deflateSync(rows, { level: 9 });
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', body),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body]);
  const frame = Buffer.alloc(named.length + 8);
  frame.writeUInt32BE(body.length, 0);
  named.copy(frame, 4);
  frame.writeUInt32BE(crc32(named), named.length + 4);
  return frame;
}

/** The chart as SVG. */
export function timelineSvg(facts: TimelineFacts): string {
  const chart = chartOf(facts);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans" fill="#111111">`,
    `<rect x="1" y="1" width="${width - 2}" height="${height - 2}" fill="#ffffff" stroke="#333333" stroke-width="2"/>`,
    text(20, 28, 16, titleOf(facts), 'font-weight="bold"'),
    text(20, 47, 12, captionOf(facts)),
    text(20, 268, 11, footOf(chart)),
    ...drawBars(chart),
    '</svg>',
  ].join('');
}

function titleOf({ entries }: TimelineFacts): string {
  return `Reported incidents: ${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}`;
}

function captionOf({ first, last }: TimelineFacts): string {
  return first && last
    ? `First: ${sayWhen(first.when)}. Last: ${sayWhen(last.when)}.`
    : 'No entry has a date.';
}

function footOf({ unit, bars, notDrawn }: Chart): string {
  const scale = bars.length > 0 ? unitWords[unit] : '';
  return notDrawn > 0 ? `${scale} Not drawn, date too loosely known: ${notDrawn}.`.trim() : scale;
}

/** Months where they fit. Entries known to a year only are drawn where a bar is a year or more. */
function chartOf({ entries, months, years }: TimelineFacts): Chart {
  const byMonth = unitFor(months);
  const drawn = byMonth < 12 && months.length > 0 ? months : [...months, ...years];
  const unit = unitFor(drawn) < 12 && drawn !== months ? 12 : unitFor(drawn);
  const starts = drawn.map(({ period }) => startOf(period, unit));
  const first = Math.min(...starts);
  const count = drawn.length === 0 ? 0 : (Math.max(...starts) - first) / unit + 1;
  const bars = Array.from({ length: count }, (_, at): Bar => {
    const start = first + at * unit;
    const own = drawn.filter(({ period }) => startOf(period, unit) === start);
    return {
      start,
      count: own.reduce((sum, { rests }) => sum + rests.length, 0),
      about: own.reduce((sum, { about }) => sum + about, 0),
    };
  });
  return { unit, bars, notDrawn: entries.length - bars.reduce((sum, bar) => sum + bar.count, 0) };
}

/** The shortest stretch of which no more bars are needed than fit side by side. */
function unitFor(periods: readonly PeriodCount[]): Unit {
  const fits = (unit: Unit) => {
    const starts = periods.map(({ period }) => startOf(period, unit));
    return (Math.max(...starts) - Math.min(...starts)) / unit < mostBars;
  };
  return units.find((unit) => periods.length === 0 || fits(unit)) ?? 1_200;
}

/** The first month of the stretch that a period begins in, counted from the year 0. */
function startOf(period: string, unit: Unit): number {
  const [year = 0, month = 1] = period.split('-').map(Number);
  return Math.floor((year * 12 + month - 1) / unit) * unit;
}

const baseline = 222;
const tallestBar = 140;
/** The tallest bar stands for this many entries at least. */
const leastScale = 4;

function drawBars({ unit, bars }: Chart): readonly string[] {
  if (bars.length === 0) return [];
  const band = Math.min(60, (width - 40) / bars.length);
  const barWidth = band * 0.7;
  // One entry alone must not stand as tall as forty.
  const most = Math.max(leastScale, ...bars.map(({ count }) => count));
  const heightOf = (count: number) => (count / most) * tallestBar;
  const drawn = bars.flatMap(({ start, count, about }, at) => {
    const middle = 20 + band * (at + 0.5);
    const rect = (from: number, many: number, fill: string) =>
      many === 0
        ? ''
        : `<rect x="${round(middle - barWidth / 2)}" y="${round(baseline - heightOf(from + many))}" width="${round(barWidth)}" height="${round(heightOf(many))}" fill="${fill}" stroke="#1f3b70" stroke-width="2"/>`;
    const { name, year } = labelOf(start, unit, at === 0);
    return [
      rect(0, count - about, '#1f3b70'),
      rect(count - about, about, '#ffffff'),
      count === 0
        ? ''
        : centred(middle, baseline - heightOf(count) - 5, 12, `${count}`, 'font-weight="bold"'),
      centred(middle, baseline + 15, 10, name),
      year === '' ? '' : centred(middle, baseline + 28, 9, year),
    ];
  });
  return [
    ...drawn,
    `<line x1="20" y1="${baseline}" x2="${width - 20}" y2="${baseline}" stroke="#111111"/>`,
    ...(bars.some(({ about }) => about > 0)
      ? [text(width - 20, 28, 12, 'White: date approximate', 'text-anchor="end"')]
      : []),
  ];
}

/** What stands under a bar; the year only under the first bar and the first of each year. */
function labelOf(start: number, unit: Unit, isFirst: boolean) {
  const year = `${Math.floor(start / 12)}`;
  if (unit >= 12) return { name: year, year: '' };
  const month = (start % 12) + 1;
  const name =
    unit === 3
      ? `Q${(month + 2) / 3}`
      : sayMonth(`${year.padStart(4, '0')}-${String(month).padStart(2, '0')}`).slice(0, 3);
  return { name, year: isFirst || month === 1 ? year : '' };
}

function centred(x: number, y: number, size: number, words: string, more = ''): string {
  return text(x, y, size, words, `text-anchor="middle" ${more}`);
}

/** Words here are ours and digits, so there is nothing to escape. */
function text(x: number, y: number, size: number, words: string, more = ''): string {
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" ${more}>${words}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
