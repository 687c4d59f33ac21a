import { describe, expect, it } from 'vitest';
import {
  type Approval,
  approverSchema,
  type FileVersion,
  heldBack,
  judgeFiles,
  parseApprovals,
  personOf,
} from '../../src/core/approval.js';

const file = 'guidance/custody/release.md';
const [one, two, three] = ['1', '2', '3'].map((digit) => digit.repeat(64)) as [
  string,
  string,
  string,
];
const aFile = (sha256: string, more: Partial<FileVersion> = {}): FileVersion => ({
  ...{ file, sha256, otherEnds: [] },
  ...more,
});

/** `wrote Ann 2026-11-01`, of a version. */
function line(sha256: string, words: string, of = file): Approval {
  const [what = '', by = '', day = '2026-11-01'] = words.split(' ');
  return { file: of, sha256, by, at: `${day}T09:00:00.000Z`, what: what as Approval['what'] };
}
const lines = (sha256: string, ...all: readonly string[]) =>
  all.map((words) => line(sha256, words));
const both = lines(one, 'wrote Ann', 'checked Bob 2026-11-02');
const why = (versions: readonly FileVersion[], approvals: readonly Approval[]) =>
  judgeFiles(versions, approvals).leftOut.map((left) => `${left.file}: ${left.why}`);

describe('a file of a force’s own', () => {
  it('is used where one person wrote exactly these bytes and another checked them', () => {
    expect(judgeFiles([aFile(one)], both)).toEqual({ used: [file], leftOut: [] });
    expect(judgeFiles([aFile(one)], both.toReversed())).toEqual({ used: [file], leftOut: [] });
  });

  it.each<[string, readonly Approval[]]>([
    ['nobody has said to have written or checked this version', []],
    ['nobody has said to have written or checked this version', lines(two, 'wrote Ann')],
    ['nobody has checked this version', lines(one, 'wrote Ann', 'wrote Bob')],
    ['nobody has said to have written this version', lines(one, 'checked Ann', 'checked Bob')],
    ['checked by the person who wrote it', lines(one, 'wrote Ann', 'checked Ann')],
    ['checked by the person who wrote it', lines(one, 'wrote Ann', 'checked ann.', 'wrote Bob')],
    [
      'changed since it was approved on 2026-11-02; nobody has checked this version',
      [...lines(two, 'wrote Ann', 'checked Bob 2026-11-02'), ...lines(one, 'wrote Ann')],
    ],
    [
      'changed since it was approved on 2026-11-05; nobody has said to have written or checked this version',
      [
        ...lines(two, 'wrote Ann', 'checked Bob 2026-11-02'),
        ...lines(three, 'wrote Ann', 'checked Bob 2026-11-05'),
      ],
    ],
  ])('is left out: %s', (reason, approvals) => {
    expect(judgeFiles([aFile(one)], approvals)).toEqual({
      used: [],
      leftOut: [{ file, why: reason, wasApproved: reason.startsWith('changed') }],
    });
  });

  it('is told apart where only its line ends changed', () => {
    const crlf = aFile(two, { otherEnds: [one, two] });
    expect(why([crlf], both)).toEqual([
      `${file}: its line ends were changed since it was approved on 2026-11-02; nobody has said to have written or checked this version`,
    ]);
  });

  it('is approved again by putting back the bytes of an older version', () => {
    const later = lines(two, 'wrote Ann 2026-11-08', 'checked Bob 2026-11-09');
    expect(judgeFiles([aFile(one)], [...both, ...later]).used).toEqual([file]);
  });

  it('is not used under another name, or for what stands for another file', () => {
    const moved = aFile(one, { file: 'guidance/courts/release.md' });
    expect(why([moved], both)).toEqual([
      'guidance/courts/release.md: nobody has said to have written or checked this version',
    ]);
  });

  it('is left out when an approval is taken out of the list', () => {
    for (const rest of [both.slice(1), both.slice(0, 1), []])
      expect(judgeFiles([aFile(one)], rest).used).toEqual([]);
  });

  it('is missed when it was approved and is gone', () => {
    expect(why([], both)).toEqual([`${file}: was approved on 2026-11-02 and is gone`]);
    expect(why([], lines(one, 'wrote Ann'))).toEqual([]);
  });
});

describe('a person', () => {
  it.each([
    ['A. Smith', ' a. smith'],
    ['A. Smith', 'a smith'],
    ['A. Smith', 'Smith, A.'],
    ['A. Smith', 'A.Smith'],
    ['Siân O’Neill', "sian o'neill"],
    ['Jo Bloggs', 'JO  BLOGGS'],
  ])('is one as %s and as %s', (a, b) => {
    expect(personOf(a)).toBe(personOf(b));
  });

  it('is another by another name or number', () => {
    const names = ['A. Smith', 'A. Smith 1234', 'B. Smith', 'A. Smyth'];
    expect(new Set(names.map(personOf)).size).toBe(names.length);
  });

  it.each([
    ['nothing', '  '],
    ['marks alone', ' .-, '],
    ['a look-alike letter', 'А. Smith'],
    ['a character nobody sees', 'A. Sm\u200bith'],
    ['a line break', 'A.\nSmith'],
    ['a very long name', 'a'.repeat(101)],
  ])('is not named by %s', (_, name) => {
    expect(approverSchema.safeParse(name).success).toBe(false);
  });
});

describe('the list of approvals', () => {
  const text = both.map((approval) => JSON.stringify(approval)).join('\n');

  it.each([
    ['as it is written', `${text}\n`],
    ['with the line ends of Windows', `${text.replace('\n', '\r\n')}\r\n`],
    ['without its last line end', text],
    ['with empty lines', `\n${text}\n\n`],
  ])('is read %s', (_, given) => {
    expect(parseApprovals(given)).toEqual({ approvals: both, ignored: [] });
  });

  it('tells of a half-written last line, and ignores it', () => {
    expect(parseApprovals(text.slice(0, -5))).toEqual({
      approvals: both.slice(0, 1),
      ignored: ['line 2 was not written to its end and is ignored'],
    });
  });

  it('tells of every line that is no approval, and ignores it', () => {
    const wrong = ['{"file":"a"}', 'null', '[', JSON.stringify({ ...both[0], what: 'read' })];
    const { approvals, ignored } = parseApprovals(`${[...wrong, text].join('\n')}\n`);
    expect(approvals).toEqual(both);
    expect(ignored).toEqual(
      [1, 2, 3, 4].map((number) => `line ${number} is no approval and is ignored`),
    );
  });
});

describe('an older version of a script', () => {
  const scripts = [1, 2, 3].map((version) => ({ name: 'house-visit', version }));
  const left = (wasApproved: boolean) => [
    { file: 'SCRIPTS_DIR/house-visit.3.yaml', why: 'changed', wasApproved },
  ];

  it('may not be begun while a later one, which was approved, is left out', () => {
    expect(heldBack(scripts, left(true))).toEqual(scripts.slice(0, 2));
  });

  it('stands while a later one was never approved', () => {
    expect(heldBack(scripts, left(false))).toEqual([]);
    expect(heldBack([{ name: 'visit', version: 1 }], left(true))).toEqual([]);
  });
});
