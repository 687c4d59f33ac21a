import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { readTyped } from '../../bot/teams/read-typed.js';
import { catalogueIn, english, languageOf, type Words } from '../../src/core/words.js';
import { type Translation, untranslated } from '../../src/core/words-translation.js';
import { welsh } from '../../src/core/words-welsh.js';

/** The chat's catalogue: that every fixed sentence stands in it, and that its Welsh says no less than its English. */
const root = path.join(import.meta.dirname, '../..');
const teams = path.join(root, 'bot/teams');

/** Sentences by key; those with places in them have each filled with a mark of its own. */
const marks = ['«1»', '«2»', '«3»', '«4»'];
type Said = ReadonlyMap<string, string>;
function sentencesOf(area: object, before = ''): readonly (readonly [string, string])[] {
  return Object.entries(area).flatMap(([key, value]): readonly (readonly [string, string])[] => {
    const name = `${before}${key}`;
    if (typeof value === 'string') return [[name, value]];
    if (Array.isArray(value)) return [[name, value.join('\n')]];
    if (typeof value === 'object') return sentencesOf(value, `${name}.`);
    const said: unknown = isFilled(name)
      ? (value as (...given: string[]) => unknown)(...marks)
      : '';
    return [[name, [said].flat().join('\n')]];
  });
}
/** These take a day, a list or a reason by its code, which no mark is. */
function isFilled(name: string): boolean {
  return !name.startsWith('dates.') && !['list', 'phrases.leftOut'].includes(name);
}
const inEnglish: Said = new Map(sentencesOf(english));
const inWelsh: Said = new Map(sentencesOf(catalogueIn('cy')));
const pairs = [...inEnglish].map(([key, words]) => [key, words, inWelsh.get(key) ?? ''] as const);

/** Texts of a file that read as words for people: two words beside each other, or a capital and small letters. */
function wordsIn(file: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isAside = ts.isImportDeclaration(node) || ts.isThrowStatement(node);
    if (isAside || ts.isLiteralTypeNode(node)) return;
    if (ts.isStringLiteral(node) || ts.isTemplateLiteralToken(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  const text = readFileSync(path.join(teams, file), 'utf8');
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true));
  return found.filter((words) => /\p{L}{2,} \p{L}{2,}|^\p{Lu}\p{Ll}+…?$/u.test(words));
}

const files = [
  ...readdirSync(teams).filter((name) =>
    /^(?:on-|handler|screening-|draw-|open-|send-s|improve|notify|limit)/.test(name),
  ),
  ...readdirSync(path.join(teams, 'cards')).map((name) => `cards/${name}`),
];

/** What clients and typed words are called, and what a button asks in somebody's name. */
const noSentences = [
  ...['Image', 'Input', 'Container', 'Column', 'ColumnSet', 'TextBlock', 'Message', 'Claim'],
  ...['Bolder', 'Medium', 'Large', 'Small', 'Stretch', 'Fault'],
  ' What should a supervisor check?',
  // Statuses of a line, by their codes.
  ...['not asked', 'not reached'],
];

describe('the words of the chat', () => {
  it('are looked for in all that sends them', () => {
    expect(files.length).toBeGreaterThan(20);
  });

  it.each(files)('stand in the catalogue and not in %s', (file) => {
    expect(wordsIn(file).filter((words) => !noSentences.includes(words))).toEqual([]);
  });

  it('have each of their Welsh ones beside them, or are listed in docs/welsh.md', () => {
    const docs = readFileSync(path.join(root, 'docs/welsh.md'), 'utf8');
    const [, listed] = docs.split('<!-- the chat falls back: begin -->\n');
    const keys = untranslated(english, welsh).map((key) => `- \`${key}\`\n`);
    const nothing = 'Nothing: every sentence of the catalogue has a Welsh one.\n';
    expect(listed?.split('<!-- the chat falls back: end -->')[0]).toBe(keys.join('') || nothing);
  });

  it('are in Welsh for every locale of Welsh, and in English for any other or none', () => {
    expect(['cy', 'cy-GB', 'CY_gb'].map(languageOf)).toEqual(['cy', 'cy', 'cy']);
    expect(['en-GB', 'fr-FR', 'cyx', '', undefined].map(languageOf)).toEqual(Array(5).fill('en'));
  });

  it('are not the same in both languages by oversight, and none is empty', () => {
    const same = pairs.filter(([, words, own]) => words === own && words !== '');
    const fallsBack = untranslated(english, welsh);
    expect(same.map(([key]) => key).filter((key) => !fallsBack.includes(key))).toEqual([]);
    expect(pairs.filter(([, words, own]) => words !== '' && own.trim() === '')).toEqual([]);
  });

  it('do not compile with a key that English has not, or with other parameters', () => {
    // @ts-expect-error: there is no such key
    const unknown: Translation<typeof english> = { phrases: { nothing: 'Dim' } };
    // @ts-expect-error: a day is no number
    const other: Translation<typeof english> = { phrases: { checked: (day: number) => `${day}` } };
    expect([unknown, other]).toHaveLength(2);
  });
});

describe('the Welsh of a sentence', () => {
  const translatedPairs = pairs.filter(([key]) => !untranslated(english, welsh).includes(key));

  it.each(translatedPairs)('says all that is filled in: %s', (_, words, own) => {
    const filledIn = (said: string) => marks.filter((mark) => said.includes(mark));
    expect(filledIn(own)).toEqual(filledIn(words));
  });

  it('names 999, the force’s emergency procedure and the button wherever the English does', () => {
    const lost = (inWords: RegExp, inOwn: RegExp) =>
      translatedPairs.filter(([, words, own]) => inWords.test(words) && !inOwn.test(own));
    const holding = (inWords: RegExp) => translatedPairs.filter(([, w]) => inWords.test(w)).length;
    expect(holding(/\b999\b/)).toBeGreaterThanOrEqual(5);
    expect(lost(/\b999\b/, /\b999\b/)).toEqual([]);
    expect(holding(/emergency procedure/)).toBeGreaterThanOrEqual(7);
    expect(lost(/emergency procedure/, /\bg?weithdrefn argyfwng eich heddlu/)).toEqual([]);
    expect(holding(/DANGER/)).toBeGreaterThanOrEqual(6);
    expect(lost(/DANGER/, /PERYGL/)).toEqual([]);
  });

  it('puts danger first, and says that nobody was called', () => {
    expect(catalogueIn('cy').answerLead.urgent).toMatch(/^PERYGL YN GYNTAF: .*999, nawr\. Nid wyf/);
    expect(catalogueIn('cy').screening.dangerFirst).toMatch(/^PERYGL: .* nawr; 999 .*Nid wyf/);
  });

  it('keeps “declined”, “not known”, “not asked” and “not reached” apart from each other and from “no”', () => {
    const { values, summary } = catalogueIn('cy');
    const said = [values.declined, values.notKnown, values.notAsked('perygl'), values.noneListed];
    expect(new Set([...said, ...Object.values(summary.statuses)]).size).toBe(7);
    expect(said.filter((words) => /^(?:na|nac oes|naddo|nage)\b/i.test(words))).toEqual([]);
  });

  it('names only commands that the bot reads, the same as the English names', () => {
    const commandsIn = (words: string) =>
      [...words.matchAll(/“(\/?[\p{L} ]+:?)”/gu)].flatMap(([, command = '']) => {
        const { kind } = readTyped(
          /^(?:join|ymuno)$/.test(command) ? `${command} ABCD 2345` : command,
        );
        return kind === 'words' ? [] : [kind];
      });
    const differing = translatedPairs.filter(
      ([key, words, own]) =>
        key !== 'phrases.languageChosen' &&
        commandsIn(words).toSorted().join() !== commandsIn(own).toSorted().join(),
    );
    expect(differing).toEqual([]);
    expect(commandsIn(catalogueIn('cy').phrases.help.join('\n')).length).toBeGreaterThanOrEqual(9);
  });

  it('says days and times with the months of Welsh', () => {
    const { dates }: Words = catalogueIn('cy');
    expect([
      dates.day('2026-05-03'),
      dates.month('2026-02'),
      dates.time('2026-11-20T14:05:00Z'),
    ]).toEqual(['3 Mai 2026', 'Chwefror 2026', '20 Tachwedd 2026 am 14:05']);
  });
});
