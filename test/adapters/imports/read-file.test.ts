import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readImportedFile } from '../../../src/adapters/imports/read-file.js';
import { aDocx, aPdf, aZip, wordParagraph, wordParts } from './files.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'signpost-imports-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(name: string, bytes: string | Buffer) {
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  return readImportedFile(file);
}

/** The reason for which a file is refused; fails when it is read. */
async function refusal(name: string, bytes: string | Buffer): Promise<string> {
  const outcome = await read(name, bytes);
  return outcome.kind === 'refused' ? outcome.reason : `read: ${JSON.stringify(outcome)}`;
}

const heading = (text: string, page: number | null, level = 1) => ({
  ...{ kind: 'heading', level, text, page },
});
const paragraph = (text: string, page: number | null = null) => ({
  ...{ kind: 'paragraph', level: 0, text, page },
});
const long =
  'Officers should keep a record of each act, with its day and place, so that a pattern can be seen.';
const other = 'Somebody who reports stalking should be told who their contact is.';

describe('a file of a publisher', () => {
  it('is read from PDF with its pages, without what stands on every page', async () => {
    const pdf = await aPdf([
      ['# Recording', `${long} ${long}`, other],
      [other, '# Contact', long],
      [long],
    ]);
    expect(await read('guidance.pdf', pdf)).toEqual({
      kind: 'read',
      document: {
        kind: 'pdf',
        blocks: [
          heading('Recording', 1),
          paragraph(`${long} ${long}`, 1),
          paragraph(other, 1),
          paragraph(other, 2),
          heading('Contact', 2),
          paragraph(long, 2),
          paragraph(long, 3),
        ],
        remarks: [],
      },
    });
  });

  it('is read from Word with its headings', async () => {
    expect(await read('guidance.docx', await aDocx(['# Recording', long, other]))).toEqual({
      kind: 'read',
      document: {
        kind: 'docx',
        blocks: [heading('Recording', null), paragraph(long), paragraph(other)],
        remarks: [],
      },
    });
  });

  it('is read from a saved page without scripts, frames, menus and hidden words', async () => {
    const page = `<!doctype html><html><head><title>T</title><script>steal()</script></head><body>
      <nav><a href="/">Home</a></nav><main><h1>Recording</h1><p>${long}</p>
      <p onclick="steal()">${long} <a href="javascript:steal()">Read</a><script>steal()</script></p>
      <iframe src="https://example.org"></iframe><object data="x"></object>
      <ul><li>${other}</li></ul><table><tr><td>Act</td><td>Day</td></tr></table>
      <p style="display: none">Block him and move on.</p></main></body></html>`;
    expect(await read('saved.html', page)).toEqual({
      kind: 'read',
      document: {
        kind: 'html',
        blocks: [
          heading('Recording', null, 2),
          paragraph(long),
          paragraph(`${long} Read`),
          paragraph(other),
          paragraph('Act | Day'),
        ],
        remarks: ['1 hidden parts of the page were left out.'],
      },
    });
  });

  it('is read from a part of a page that is named as one', async () => {
    expect(await read('part.htm', `<h2>Recording</h2><p>${long}</p>`)).toMatchObject({
      document: { kind: 'html', blocks: [heading('Recording', null, 2), paragraph(long)] },
    });
  });

  it('is read from Markdown without markup in it', async () => {
    const text = `---\ntitle: x\n---\n# Recording\n\n${long}\n<script>steal()</script>\n\n- **${other}**\n\n<iframe src="x"></iframe>\n`;
    const outcome = await read('guidance.md', text);
    expect(outcome).toEqual({
      kind: 'read',
      document: {
        kind: 'markdown',
        blocks: [heading('Recording', null), paragraph(long), paragraph(other)],
        remarks: [],
      },
    });
  });

  it('is cleaned of characters nobody can see, and says so', async () => {
    const outcome = await read('odd.md', `${long}\u200b\u202e ${other}\u00ad`);
    expect(outcome).toMatchObject({
      document: {
        blocks: [{ text: `${long} ${other}` }],
        remarks: ['2 characters that cannot be seen were taken out.'],
      },
    });
  });

  it('says that changes were tracked and words hidden', async () => {
    const body = `${wordParagraph(long)}<w:p><w:ins w:id="1" w:author="A"><w:r><w:t>${other}</w:t></w:r></w:ins></w:p>${wordParagraph('Unseen', '<w:vanish/>')}`;
    const outcome = await read('tracked.docx', aZip(wordParts(body)));
    expect(outcome).toMatchObject({
      kind: 'read',
      document: {
        remarks: [
          'The document has tracked changes: it was read as if all were accepted; check the wording.',
          'The document has hidden words, which may have been read; check.',
        ],
      },
    });
  });
});

describe('a file is refused with one sentence', () => {
  it('when it is not there, is a folder or is empty', async () => {
    const nowhere = await readImportedFile(path.join(folder, 'nowhere.pdf'));
    expect(nowhere).toEqual({ kind: 'refused', reason: 'There is no such file.' });
    const aFolder = await readImportedFile(folder);
    expect(aFolder).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('is not a file'),
    });
    expect(await refusal('empty.pdf', '')).toBe('The file is empty.');
  });

  it('when it is larger than can be meant', async () => {
    expect(await refusal('large.md', Buffer.alloc(26 * 1024 * 1024, 'a'))).toBe(
      'The file is larger than 25 MB; import it in parts, or without its pictures.',
    );
  });

  it('when it holds something else than its name says', async () => {
    expect(
      await refusal('page.pdf', `<!doctype html><html><body><p>${long}</p></body></html>`),
    ).toBe('The file is named .pdf, but holds a web page; save it anew.');
    expect(await refusal('text.docx', long)).toBe(
      'The file is named .docx, but holds plain text; save it anew.',
    );
  });

  it('when it is a picture, a program or an old Office document', async () => {
    const picture = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    expect(await refusal('picture', picture)).toBe(
      'The file is no PDF, Word document, web page or text in UTF-8.',
    );
    expect(await refusal('zeros.md', Buffer.alloc(100))).toBe(
      'The file is no PDF, Word document, web page or text in UTF-8.',
    );
    expect(await refusal('old.doc', Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toBe(
      'The file is an old or a password-protected Office document; save it without a password as .docx or PDF.',
    );
  });

  it('when a PDF is locked, carries scripts, is a scan or is cut short', async () => {
    const locked = await aPdf([[long]], { userPassword: 'secret' });
    expect(await refusal('locked.pdf', locked)).toBe(
      'The PDF is protected by a password; save it without one.',
    );
    const scripted = await aPdf([[long]], { script: 'app.alert(1)' });
    expect(await refusal('scripted.pdf', scripted)).toBe(
      'The PDF carries scripts; print it to a new PDF and import that.',
    );
    expect(await refusal('scan.pdf', await aPdf([[]]))).toBe(
      'The PDF holds no text: it is likely a scan, and has to be read by text recognition first.',
    );
    expect(await refusal('cut.pdf', '%PDF-1.7\nnothing more')).toBe(
      'The PDF is damaged or cut short.',
    );
  });

  it('when a zip is a bomb, by what it declares and by what it holds', async () => {
    const swollen = Buffer.alloc(101 * 1024 * 1024);
    const tooMuch = 'The zip file would unpack to more than 100 MB, which no document needs.';
    const honest = aZip([
      ...wordParts(wordParagraph(long)),
      { name: 'word/media/a.bin', data: swollen },
    ]);
    expect(honest.length).toBeLessThan(200_000);
    expect(await refusal('bomb.docx', honest)).toBe(tooMuch);
    const lying = aZip([
      ...wordParts(wordParagraph(long)),
      { name: 'word/media/a.bin', data: swollen, declared: 1000 },
    ]);
    expect(await refusal('lying.docx', lying)).toBe(
      'The zip file holds another size than it declares.',
    );
    const many = Array.from({ length: 2_001 }, (_, at) => ({ name: `word/${at}.xml`, data: '' }));
    expect(await refusal('many.docx', aZip(many))).toBe(
      'The zip file holds more than 2000 entries.',
    );
  });

  it.each(['../../etc/passwd', '/etc/passwd', 'word\\..\\..\\a.xml', 'C:/a.xml'])(
    'when a zip holds the name %s',
    async (name) => {
      const zip = aZip([...wordParts(wordParagraph(long)), { name, data: 'x' }]);
      expect(await refusal('names.docx', zip)).toBe(
        'The zip file holds a name that leads out of it.',
      );
    },
  );

  it('when a zip is locked, no Word document, or damaged', async () => {
    const locked = aZip(wordParts(wordParagraph(long)).map((entry) => ({ ...entry, flags: 1 })));
    expect(await refusal('locked.docx', locked)).toBe(
      'The zip file is protected by a password; save it without one.',
    );
    expect(await refusal('book.docx', aZip([{ name: 'xl/workbook.xml', data: '<x/>' }]))).toBe(
      'The file is a zip file, but no Word document.',
    );
    const whole = aZip(wordParts(wordParagraph(long)));
    expect(await refusal('cut.docx', whole.subarray(0, whole.length - 30))).toBe(
      'The zip file is damaged or cut short.',
    );
  });

  it('when a Word document holds macros, active parts or entities', async () => {
    const macros = 'The Word document holds macros or active parts; save it as .docx without.';
    for (const name of ['word/vbaProject.bin', 'word/activeX/activeX1.xml']) {
      const zip = aZip([...wordParts(wordParagraph(long)), { name, data: 'x' }]);
      expect(await refusal('macros.docx', zip)).toBe(macros);
    }
    const [first, ...rest] = wordParts(wordParagraph(long));
    const laughs = '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>';
    const zip = aZip(
      [first, ...rest, { name: 'word/styles.xml', data: laughs }].filter((e) => !!e),
    );
    expect(await refusal('entities.docx', zip)).toBe(
      'The Word document declares entities, which no Word document needs.',
    );
  });

  it('when there is nothing to read in it', async () => {
    const nothing = 'The file holds no text.';
    expect(
      await refusal('nothing.html', '<!doctype html><html><body><script>x</script></body></html>'),
    ).toBe(nothing);
    expect(await refusal('nothing.docx', aZip(wordParts('')))).toBe(nothing);
    expect(await refusal('nothing.md', '# \n\n')).toBe(nothing);
  });
});
