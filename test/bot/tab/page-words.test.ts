import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { english, welsh } from '../../../bot/tab/page/words/catalogue.js';
import { languageOf, sayPoint, sayRefusal } from '../../../bot/tab/page/words/locales.js';
import type { Label } from '../../../src/core/overview.js';
import { reviewPoints } from '../../../src/core/review-points.js';
import { sayCount, sayLabel } from '../../../src/core/say-label.js';
import { type Translation, translated, untranslated } from '../../../src/core/words-translation.js';

const root = path.join(import.meta.dirname, '../../..');
const page = path.join(root, 'bot/tab/page');

/** Props whose words are read or heard by people. */
const saidProps = /^(?:label|aria-label|title|placeholder|alt|hint|caption|name|heads|words)$/;
/** The name of the program; and words nobody reads: keys, codes of the server, a header, faults of the programmer. */
const exceptions: readonly string[] = [
  ...['Signpost', 'not known', 'not asked', 'not reached'],
  ...['ArrowDown', 'ArrowUp', 'Home', 'End', 'Enter', 'Escape', 'TimeoutError'],
  ...['Bearer ', 'Teams is silent', 'putting the page up: its element is missing'],
];

/** Sentences and single words with a capital that stand in the code instead of in the catalogue. */
function wordsIn(file: string): readonly string[] {
  const text = readFileSync(path.join(page, file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
    if (ts.isJsxText(node) && /\p{L}/u.test(node.text)) found.push(node.text.trim());
    if (ts.isJsxAttribute(node) && node.name.getText() === 'className') return;
    if (isText(node) && (isSaid(node) || looksSaid(node.text))) found.push(node.text);
    ts.forEachChild(node, look);
  };
  look(source);
  return found.filter((words) => !exceptions.includes(words));
}

type Text = ts.StringLiteral | ts.NoSubstitutionTemplateLiteral | ts.TemplateLiteralToken;

function isText(node: ts.Node): node is Text {
  return (
    ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || isTemplatePart(node)
  );
}

function isTemplatePart(node: ts.Node): node is ts.TemplateLiteralToken {
  return ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
}

/** The value of a prop that people read: any letter in it counts. */
function isSaid({ parent, text }: Text): boolean {
  if (!ts.isJsxAttribute(parent) || !/\p{L}/u.test(text)) return false;
  return saidProps.test(parent.name.getText());
}

/** "Approve", "sign in": begins with a capital, or has two words; classes and keys of what is kept are neither. */
function looksSaid(text: string): boolean {
  return /^[^\p{L}]*\p{Lu}\p{Ll}/u.test(text) || /\p{L}{2,} \p{L}{2,}/u.test(text);
}

const files = readdirSync(page).filter((name) => /\.tsx?$/.test(name));

describe('the words of the page', () => {
  it('are looked for in every file of it', () => {
    expect(files.length).toBeGreaterThan(40);
    expect(files.filter((name) => name.endsWith('.tsx')).length).toBeGreaterThan(30);
  });

  it.each(files)('stand in the catalogue and not in %s', (file) => {
    expect(wordsIn(file)).toEqual([]);
  });

  it('have each of their Welsh ones beside them, or are listed in docs/welsh.md', () => {
    const docs = readFileSync(path.join(root, 'docs/welsh.md'), 'utf8');
    const [, listed] = docs.split('<!-- falls back: begin -->\n');
    expect(listed?.split('<!-- falls back: end -->')[0]).toBe(listOfUntranslated());
  });

  it('leave no Welsh sentence empty or the same as the English by oversight', () => {
    const all = new Map(sentencesOf(translated(english, welsh)));
    const same = sentencesOf(english).filter(([key, words]) => {
      const own = all.get(key);
      return own === words || own?.trim() === '';
    });
    expect(same.map(([key]) => key)).toEqual([
      'records.formats.docx',
      'records.formats.pdf',
      'records.formats.markdown',
      'records.formats.json',
    ]);
  });
});

/** What falls back, as `docs/welsh.md` has to list it. */
function listOfUntranslated(): string {
  const keys = untranslated(english, welsh);
  if (keys.length === 0) return 'Nothing: every sentence of the catalogue has a Welsh one.\n';
  return keys.map((key) => `- \`${key}\`\n`).join('');
}

function sentencesOf(area: object, before = ''): readonly (readonly [string, string])[] {
  return Object.entries(area).flatMap(([key, value]): readonly (readonly [string, string])[] => {
    if (typeof value === 'string') return [[`${before}${key}`, value]];
    return typeof value === 'object' ? sentencesOf(value, `${before}${key}.`) : [];
  });
}

describe('a translation', () => {
  const words = {
    plain: 'Plain',
    of: (number: number) => `${number} of`,
    inner: { a: 'A', b: 'B' },
  };

  it('falls back to English for what it lacks, and tells what that is', () => {
    const own: Translation<typeof words> = { plain: 'Plaen', inner: { b: 'Bi' } };
    const merged = translated(words, own);
    expect([merged.plain, merged.of(2), merged.inner]).toEqual([
      'Plaen',
      '2 of',
      { a: 'A', b: 'Bi' },
    ]);
    expect(untranslated(words, own)).toEqual(['of', 'inner.a']);
  });

  it('does not compile with a key that English has not, or with other parameters', () => {
    // @ts-expect-error: there is no such key
    const unknown: Translation<typeof words> = { plane: 'Plaen' };
    // @ts-expect-error: the number is no text
    const other: Translation<typeof words> = { of: (text: string) => text };
    expect([unknown, typeof other.of]).toEqual([{ plane: 'Plaen' }, 'function']);
  });
});

describe('the language of the page', () => {
  it.each([
    [['cy-GB'], 'cy'],
    [['cy'], 'cy'],
    [['en-gb', 'cy'], 'en'],
    [['fr-FR', 'cy-gb', 'en'], 'cy'],
    [['cyx'], 'en'],
    [[''], 'en'],
    [[], 'en'],
  ] as const)('of %j is %s', (locales, language) => {
    expect(languageOf(locales)).toBe(language);
  });
});

describe('a refusal of the server', () => {
  const words = translated(english, welsh);

  it('is said in Welsh where it is the usual sentence of its kind', () => {
    const message = english.core.refusals['own-case'];
    expect(sayRefusal(words, 'own-case', message)).toBe(words.core.refusals['own-case']);
    expect(sayRefusal(english, 'own-case', message)).toBe(message);
  });

  it('stays as the server said it where it says more, or is not known here', () => {
    expect(sayRefusal(words, 'own-case', 'Something else.')).toBe('Something else.');
    expect(sayRefusal(words, 'new-kind', 'Of a new kind.')).toBe('Of a new kind.');
    expect(sayRefusal(words, undefined, undefined)).toBe(words.frame.fault);
  });
});

describe('a review point', () => {
  const words = translated(english, welsh);

  it('is said in Welsh by its number, all fifteen of them', () => {
    expect([words.core.points.length, new Set(words.core.points).size]).toEqual([15, 15]);
    const said = reviewPoints.map((text, place) => sayPoint(words, { number: place + 1, text }));
    expect(said).toEqual(words.core.points.map((point) => ({ said: point, isServers: false })));
  });

  it('stays as the server said it where it is another than is known here', () => {
    for (const number of [1, 16]) {
      const point = { number, text: 'Something is new.' };
      expect(sayPoint(words, point)).toEqual({ said: point.text, isServers: true });
    }
  });
});

describe('the rows of the overview in Welsh', () => {
  const { overview, core, dates } = translated(english, welsh);
  const words = { overview, returnCodes: core.returnCodes, day: dates.day };

  it.each<readonly [Label, string]>([
    [{ kind: 'week', monday: '2026-11-16' }, 'wythnos 16 Tachwedd 2026'],
    [{ kind: 'week', monday: '2026-11-16', team: 'North' }, 'North, wythnos 16 Tachwedd 2026'],
    [
      { kind: 'week', monday: '2026-11-16', team: 'no team named' },
      'ni enwyd tîm, wythnos 16 Tachwedd 2026',
    ],
    [{ kind: 'outcome', of: 'I-2' }, 'un achlysur wedi’i gofnodi hyd yma'],
    [{ kind: 'time', of: 'undecided' }, 'heb ei benderfynu eto'],
    [{ kind: 'action', of: 'none' }, 'dim un heb gam gweithredu'],
    [{ kind: 'absent', of: 'declined' }, 'gwrthodwyd ateb'],
    [{ kind: 'return', of: 'wording' }, 'Mae angen newid y geiriad'],
    [{ kind: 'no-topic' }, 'dim pwnc yn agos'],
  ])('say %j in our words', (label, said) => {
    expect(sayLabel(label, words)).toEqual({ said, isRecorded: false });
  });

  it('stand as they were recorded where they are no words of ours', () => {
    const label = { kind: 'recorded', words: 'Maybe later' } as const;
    expect(sayLabel(label, words)).toEqual({ said: 'Maybe later', isRecorded: true });
    expect([sayCount({ count: 7 }, words), sayCount({ count: null }, words)]).toEqual([
      '7',
      'llai na 5',
    ]);
  });

  it('keep what is absent apart, and none of it is a no', () => {
    const said = Object.values(overview.absent);
    expect(new Set(said).size).toBe(3);
    expect(said.filter((one) => /^(?:na|nac oes|naddo|nage)\b/i.test(one))).toEqual([]);
  });
});

describe('dates and numbers in Welsh', () => {
  const { dates, queue } = translated(english, welsh);

  it('are written with Welsh months, in the time of the United Kingdom', () => {
    expect(dates.day('2026-11-20')).toBe('20 Tachwedd 2026');
    expect(dates.time('2026-11-20T14:05:00.000Z')).toBe('20 Tachwedd 2026 am 14:05');
    expect(dates.time('2026-07-31T23:30:00.000Z')).toBe('1 Awst 2026 am 00:30');
  });

  it('have the singular after a number, changed after two', () => {
    expect([1, 2, 5].map(queue.inDays)).toEqual([
      'ymhen 1 diwrnod',
      'ymhen 2 ddiwrnod',
      'ymhen 5 diwrnod',
    ]);
    expect([queue.hours(2), queue.redFlags(2)]).toEqual(['2 awr', 'Baneri COCH: 2']);
  });
});
