import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderDocument } from '../../src/adapters/documents/render.js';
import { drawTimeline } from '../../src/adapters/timeline-picture.js';
import { summariseCase } from '../../src/core/case-summary.js';
import { type DocumentOutline, documentOf } from '../../src/core/review-document.js';
import { makeTimeline } from '../../src/core/timeline.js';
import { factsOf } from '../../src/core/timeline-facts.js';
import { anApproved } from '../approved.js';
import { aRecord, aSummaryContext, eventsOf, today } from '../builders.js';
import { loadReal, realScript, walkedScreening } from '../real-knowledge.js';

/** The documents opened by programs that police officers have: LibreOffice, and poppler's PDF tools. */

const programs = ['/usr/bin/soffice', '/usr/bin/pdftotext', '/usr/bin/pdfinfo'];
const isMissing = !programs.every((program) => existsSync(program));

const day = { day: '2026-08-31', precision: 'exact' } as const;
const said = {
  kind: 'text',
  text: 'He waited outside & wrote: “I <know> where you live”',
} as const;

async function anOutline(): Promise<DocumentOutline> {
  const knowledge = await loadReal();
  const contact = realScript(knowledge, 'first-contact');
  const timeline = realScript(knowledge, 'timeline');
  const walked = walkedScreening(timeline, { TL01: { kind: 'listed', count: 0 } });
  const incident = aRecord('TL01', { what: said, when: { kind: 'date', ...day } });
  const parts = [
    { script: contact, screening: walkedScreening(contact, { FC13: said }) },
    {
      script: timeline,
      screening: { ...walked, events: eventsOf(incident, ...walked.events.map(({ act }) => act)) },
    },
  ];
  const context = aSummaryContext({ sources: knowledge.sources });
  const summary = summariseCase('SP-4K7Q-2M', parts, context);
  const outline = documentOf(anApproved(summary));
  if (!outline) throw new Error('there is no document of an approved summary');
  return outline;
}

/** Every text of the outline as one reads it, in order. */
function textsOf({ blocks }: DocumentOutline): readonly string[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'picture') return [];
    if (block.kind === 'items') return block.items.map(({ text }) => text);
    if (block.kind === 'references') return block.references.map(({ text }) => text);
    return [block.text];
  });
}

/** Without what programs break lines and words by. */
const plain = (text: string) => text.replace(/[\s\u00ad\u200b]+/g, '');

describe.skipIf(isMissing)('documents opened by other programs', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'documents-'));
  const file = (name: string) => path.join(folder, name);
  /** What a program says of a file; a complaint of it fails the test. */
  const run = (program: string, ...args: string[]) => {
    const { stdout, stderr, status } = spawnSync(program, args, { encoding: 'utf8' });
    // LibreOffice misses Java, which nothing here needs.
    const complaints = stderr.replace(/^Warning: failed to launch javaldx.*\n/, '');
    expect([status, complaints]).toEqual([0, '']);
    return stdout;
  };
  let outline: DocumentOutline;

  beforeAll(async () => {
    outline = await anOutline();
    const empty = { incidents: [], dates: [], imports: [], lastActs: [], on: today };
    const picture = await drawTimeline(factsOf(makeTimeline(empty)));
    const at = new Date('2026-11-20T16:05:00.000Z');
    for (const format of ['docx', 'pdf'] as const)
      writeFileSync(
        file(`summary.${format}`),
        await renderDocument(outline, format, { at, picture }),
      );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('Word: LibreOffice reads every line of it, in order', () => {
    const profile = `-env:UserInstallation=${pathToFileURL(file('profile'))}`;
    const to = ['--convert-to', 'txt:Text (encoded):UTF8', '--outdir', folder];
    run('/usr/bin/soffice', profile, '--headless', ...to, file('summary.docx'));
    expectInOrder(readFileSync(file('summary.txt'), 'utf8'), textsOf(outline));
  });

  it('PDF: pdftotext reads every line of it, in order', () => {
    const text = run('/usr/bin/pdftotext', '-enc', 'UTF-8', file('summary.pdf'), '-');
    // Head and foot of each page stand between the lines.
    const body = text.replaceAll(`\f${outline.marking}`, '').replace(/^.*Page \d+ of \d+$/gm, '');
    expectInOrder(body, textsOf(outline));
  });

  it('PDF: pdfinfo finds it tagged, titled, without scripts and open to be read aloud', () => {
    const info = run('/usr/bin/pdfinfo', file('summary.pdf'));
    expect(info).toMatch(/^Title:\s+Case summary /m);
    expect(info).toMatch(/^Tagged:\s+yes$/m);
    expect(info).toMatch(/^JavaScript:\s+no$/m);
    expect(info).toMatch(/^Encrypted:\s+no$/m);
    const structure = run('/usr/bin/pdfinfo', '-struct', file('summary.pdf'));
    expect(structure).toContain('H1');
    expect(structure).toContain('Figure');
  });
});

function expectInOrder(text: string, wanted: readonly string[]): void {
  expect(wanted.length).toBeGreaterThan(40);
  const all = plain(text);
  let from = 0;
  for (const one of wanted) {
    const at = all.indexOf(plain(one), from);
    expect(at, `not found after what stands before it: ${one}`).toBeGreaterThanOrEqual(from);
    from = at + plain(one).length;
  }
}
