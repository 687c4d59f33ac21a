import mammoth from 'mammoth';
import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, it } from 'vitest';
import { renderDocument } from '../../../src/adapters/documents/render.js';
import { drawTimeline } from '../../../src/adapters/timeline-picture.js';
import type { DocumentOutline } from '../../../src/core/review-document.js';
import { makeTimeline } from '../../../src/core/timeline.js';
import { factsOf } from '../../../src/core/timeline-facts.js';
import { today } from '../../builders.js';

const at = new Date('2026-11-20T16:05:00.000Z');
const picture = await drawTimeline(
  factsOf(makeTimeline({ incidents: [], dates: [], imports: [], lastActs: [], on: today })),
);

const outline: DocumentOutline = {
  title: 'Case summary SP-4K7Q-2M, version 2',
  marking: 'POLICE MATERIAL.',
  foot: 'SP-4K7Q-2M, version 2',
  blocks: [
    { kind: 'heading', level: 1, text: 'Case summary SP-4K7Q-2M, version 2' },
    { kind: 'text', text: 'Not a decision & no <tag>.', isStrong: true },
    { kind: 'heading', level: 2, text: 'S3 What is reported' },
    {
      kind: 'items',
      items: [{ text: 'Before: Unsure.', aside: 'QA01, answered', references: [1, 2] }],
    },
    { kind: 'picture', alt: 'Bar chart of the entries.' },
    { kind: 'heading', level: 3, text: 'Police records' },
    {
      kind: 'references',
      references: [
        {
          number: 1,
          text: 'College of Policing, Advice, key points',
          url: 'https://www.college.police.uk/advice?a=1&b=2',
          checked: 'checked 20 November 2026',
        },
        { number: 2, text: 'Force policy', url: null, checked: 'checked 20 November 2026' },
      ],
    },
  ],
};

function said(text: string): DocumentOutline {
  return { ...outline, blocks: [{ kind: 'items', items: [{ text, references: [] }] }] };
}

async function wordsOfPdf(bytes: Buffer): Promise<string> {
  const { text } = await extractText(new Uint8Array(bytes), { mergePages: true });
  return text;
}

/** The parts of a Word file, by name. */
async function partsOf(bytes: Buffer): Promise<ReadonlyMap<string, string>> {
  const { default: Zip } = await import('jszip');
  const { files } = await Zip.loadAsync(bytes);
  return new Map(
    await Promise.all(
      Object.values(files).map(async (file) => [file.name, await file.async('string')] as const),
    ),
  );
}

describe('the Word document', () => {
  it('reads back with its headings, list, words, picture text and sources', async () => {
    const bytes = await renderDocument(outline, 'docx', { at, picture });
    const { value } = await mammoth.convertToHtml({ buffer: bytes });
    expect(value.replace(/src="[^"]*"/, 'src=""')).toBe(
      [
        '<h1>Case summary SP-4K7Q-2M, version 2</h1>',
        '<p><strong>Not a decision &amp; no &lt;tag&gt;.</strong></p>',
        '<h2>S3 What is reported</h2>',
        '<ul><li>Before: Unsure. [1][2]<em> (QA01, answered)</em></li></ul>',
        '<p><img alt="Bar chart of the entries." src="" /></p>',
        '<h3>Police records</h3>',
        '<p>1. College of Policing, Advice, key points <a href="https://www.college.police.uk/advice?a=1&amp;b=2">https://www.college.police.uk/advice?a=1&amp;b=2</a> (checked 20 November 2026)</p>',
        '<p>2. Force policy (checked 20 November 2026)</p>',
      ].join(''),
    );
  });

  it('names its language and title, and is marked on every page', async () => {
    const parts = await partsOf(await renderDocument(outline, 'docx', { at }));
    expect(parts.get('word/styles.xml')).toContain('<w:lang w:val="en-GB"/>');
    expect(parts.get('docProps/core.xml')).toContain(
      '<dc:title>Case summary SP-4K7Q-2M, version 2</dc:title>',
    );
    expect(parts.get('docProps/core.xml')).toContain('2026-11-20T16:05:00Z');
    expect(parts.get('word/header1.xml')).toContain('POLICE MATERIAL.');
    expect(parts.get('word/footer1.xml')).toContain('SP-4K7Q-2M, version 2. Page ');
  });

  it('has the same content each time', async () => {
    const first = await partsOf(await renderDocument(outline, 'docx', { at, picture }));
    const second = await partsOf(await renderDocument(outline, 'docx', { at, picture }));
    expect(first.size).toBeGreaterThan(8);
    expect(second).toEqual(first);
  });

  it('leaves the picture out where there is none', async () => {
    const { value } = await mammoth.convertToHtml({
      buffer: await renderDocument(outline, 'docx', { at }),
    });
    expect(value).not.toContain('<img');
  });
});

describe('the PDF', () => {
  it('reads back with its words, in order', async () => {
    const text = await wordsOfPdf(await renderDocument(outline, 'pdf', { at, picture }));
    expect(text.replace(/\s+/g, ' ')).toContain(
      [
        'Case summary SP-4K7Q-2M, version 2 Not a decision & no <tag>. S3 What is reported',
        '• Before: Unsure. [1][2] (QA01, answered) Police records',
        '1. College of Policing, Advice, key points (checked 20 November 2026)',
        'https://www.college.police.uk/advice?a=1&b=2 2. Force policy (checked 20 November 2026)',
      ].join(' '),
    );
    expect(text).toContain('POLICE MATERIAL.');
    expect(text).toContain('SP-4K7Q-2M, version 2. Page 1 of 1');
  });

  it('is tagged in its order, with language, title, bookmarks, links and the picture’s text', async () => {
    const bytes = await renderDocument(outline, 'pdf', { at, picture });
    const pdf = await getDocumentProxy(new Uint8Array(bytes));
    const { info } = await pdf.getMetadata();
    expect(info).toMatchObject({
      Title: 'Case summary SP-4K7Q-2M, version 2',
      Language: 'en-GB',
      CreationDate: 'D:20261120160500Z',
    });
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
    expect(await pdf.getViewerPreferences()).toMatchObject({ DisplayDocTitle: true });
    const page = await pdf.getPage(1);
    expect(rolesIn(await page.getStructTree())).toEqual([
      'H1',
      'P',
      'H2',
      'L LI LBody P',
      'L LI LBody P',
      'Figure: Bar chart of the entries.',
      'H3',
      'L LI LBody P',
      'L LI LBody Link: College of Policing, Advice, key points',
      'L LI LBody P',
    ]);
    const [chapter] = (await pdf.getOutline()) ?? [];
    expect(chapter?.title).toBe('Case summary SP-4K7Q-2M, version 2');
    expect(chapter?.items.map(({ title }: { title: string }) => title)).toEqual([
      'S3 What is reported',
    ]);
    const links = await page.getAnnotations();
    expect(links.map(({ url }) => url)).toEqual(['https://www.college.police.uk/advice?a=1&b=2']);
  });

  it('has the same bytes each time', async () => {
    const first = await renderDocument(outline, 'pdf', { at, picture });
    expect(await renderDocument(outline, 'pdf', { at, picture })).toEqual(first);
  });

  it('says on the page that a character has no letters here, and keeps it for programs that read aloud', async () => {
    const bytes = await renderDocument(said('Tom wrote: 你好 ❤️ 👩‍👩‍👧 ok'), 'pdf', { at });
    const text = await wordsOfPdf(bytes);
    expect(text).toContain('Tom wrote: ▯▯ ❤\ufe0f ▯▯▯ ok');
    // Behind it, in UTF-16: 你好.
    expect(bytes.includes(Buffer.from([0x4f, 0x60, 0x59, 0x7d]))).toBe(true);
    expect(text).toContain('▯ stands for a character that this file has no letters for.');
  });

  it('draws words that are read from the right in their order', async () => {
    const text = await wordsOfPdf(
      await renderDocument(said('He wrote “שלום לך” twice, and مرحبا بك once.'), 'pdf', { at }),
    );
    expect(text).toContain('שלום לך');
    expect(text).not.toContain('▯');
  });
});

describe('words of any kind', () => {
  const odd = [
    ['Cyrillic and Greek', 'Он писал: не звони. Μην τηλεφωνείς.'],
    ['Arabic, Urdu and Hebrew', 'قال لي لا تتصل، وہ کہتا ہے، אל תתקשרי'],
    ['Bengali, Gurmukhi and Chinese', 'সে লিখেছে ਉਸਨੇ ਲਿਖਿਆ 他写道'],
    ['emoji and flags', '😡🔪🏴󠁧󠁢󠁥󠁮󠁧󠁿👩🏽‍🦱'],
    ['nothing', ''],
    ['line ends', 'one\n\ntwo\n'],
    ['marks of a template', '{{x}} #{y} <w:t> & “quotes” \\ %s'],
    ['8,000 characters without a space', 'ö'.repeat(8_000)],
    ['8,000 characters', 'word '.repeat(1_600)],
    ['8,000 letters read from the right', 'שלום '.repeat(1_600)],
  ] as const;

  it.each(odd)('%s make a Word file that reads back whole', async (_, text) => {
    const bytes = await renderDocument(said(text), 'docx', { at });
    const { value } = await mammoth.extractRawText({ buffer: bytes });
    expect(value.replace(/\s+/g, '')).toBe(text.replace(/\s+/g, ''));
  });

  it.each(odd)('%s make a PDF that opens', async (_, text) => {
    const bytes = await renderDocument(said(text), 'pdf', { at });
    const pdf = await getDocumentProxy(new Uint8Array(bytes));
    expect(pdf.numPages).toBe(text.length < 8_000 ? 1 : pdf.numPages);
    expect(await wordsOfPdf(bytes)).toContain('SP-4K7Q-2M, version 2. Page 1 of');
  });

  it('goes on over pages without losing a word', async () => {
    const numbers = Array.from({ length: 3_000 }, (_, n) => `w${n}`);
    const bytes = await renderDocument(said(numbers.join(' ')), 'pdf', { at });
    const words = new Set((await wordsOfPdf(bytes)).split(/\s+/));
    expect(numbers.filter((word) => !words.has(word))).toEqual([]);
  });
});

type Node = { readonly role?: string; readonly alt?: string; readonly children?: readonly Node[] };

/** The path of tags to each piece of the page, with the text that stands for it. */
function rolesIn(root: unknown): readonly string[] {
  const walk = ({ role = '', alt, children = [] }: Node, path: readonly string[]): string[] => {
    const here = ['Root', 'Document', ''].includes(role) ? path : [...path, role];
    const inner = children.filter((child) => child.role !== undefined);
    if (inner.length === 0) return [`${here.join(' ')}${alt ? `: ${alt}` : ''}`];
    return inner.flatMap((child) => walk(child, here));
  };
  return walk(root as Node, []);
}
