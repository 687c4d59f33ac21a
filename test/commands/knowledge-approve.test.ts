import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sha256Of } from '../../src/adapters/knowledge-file.js';
import { type ApproveRequest, approve } from '../../src/commands/knowledge-approve.js';
import { knowledgeFolder } from '../real-knowledge.js';
import { runCommand } from '../run-command.js';

/** `npm run knowledge -- approve` over a force's own folders. */

const docs = path.join(import.meta.dirname, '../../docs');
const advocates = 'guidance/local-services/advocates.md';
let folder = '';
let local = '';
let file = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'signpost-approve-'));
});
beforeEach(async () => {
  local = await mkdtemp(path.join(folder, 'local-'));
  await cp(path.join(docs, 'example-guidance'), local, { recursive: true });
  file = path.join(local, advocates);
});
afterAll(() => rm(folder, { recursive: true }));

const now = () => new Date('2026-11-20T09:00:00Z');

/** What the command printed, and its exit code. */
async function run(given: Partial<ApproveRequest> = {}) {
  const said = { out: '', err: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((part) => {
      said[stream === 'stdout' ? 'out' : 'err'] += part;
      return true;
    }),
  );
  try {
    return { code: await approve({ file, local, ...given }, now), ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
const list = () => readFile(path.join(local, 'approvals.jsonl'), 'utf8').catch(() => '');
const wrote = { by: 'A. Smith', as: 'wrote' };
const checked = { by: 'B. Jones', as: 'checked' };
const lastLine = (text: string) => text.trimEnd().split('\n').at(-1);

describe('npm run knowledge -- approve', () => {
  it('shows every statement with its source, and notes nothing without a name', async () => {
    const { code, out, err } = await run();
    expect([code, err]).toEqual([0, '']);
    expect(out.split('\n')).toEqual([
      `${advocates}, SHA-256 ${sha256Of(await readFile(file))}`,
      'passage blankshire-lantern-service, published',
      '  “Which stalking advocacy service covers Blankshire?”',
      '  for officer, call-handler, investigator, supervisor, advocate; in force 2026-11-01 to no end known; to be reviewed by 2027-05-20',
      '  found by: is there a local stalking advocate',
      '  found by: Lantern service referral',
      '  found by: who supports stalking victims in Blankshire',
      '  stands in the place of national guidance: ss-no-local',
      '  “The Lantern Advocacy Service takes referrals of stalking victims of any age over 16 from all of Blankshire, whether or not the suspect is a partner.”',
      '      Blankshire Police (invented): Directory of local services, page 2 [blankshire-services]',
      '  “Ask the victim first, and refer through the form in the crime system on the same shift. The service calls back on the next working day.”',
      '      Blankshire Police (invented): Directory of local services, page 3 [blankshire-services]',
      'No version of it was approved before.',
      'It is not used yet where two have to: nobody has said to have written or checked this version.',
      '',
    ]);
    expect(await list()).toBe('');
  });

  it('notes who wrote it and who checked it, and keeps the version they saw', async () => {
    expect(lastLine((await run(wrote)).out)).toBe(
      'Noted: A. Smith wrote it. It is not used yet where two have to: nobody has checked this version.',
    );
    expect(lastLine((await run(checked)).out)).toBe(
      'Noted: B. Jones checked it. Two people stand for this version: it is used from the next start on.',
    );
    const sha256 = sha256Of(await readFile(file));
    const at = '2026-11-20T09:00:00.000Z';
    const lines = (await list()).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { file: advocates, sha256, by: 'A. Smith', what: 'wrote', at },
      { file: advocates, sha256, by: 'B. Jones', what: 'checked', at },
    ]);
    expect(await readdir(path.join(local, '.approved'))).toEqual([sha256]);
  });

  it('shows what changed since the last approved version, and takes that back as approved', async () => {
    await run(wrote);
    await run(checked);
    const before = await readFile(file, 'utf8');
    await writeFile(file, before.replace('the same shift', 'the next shift'));
    const { out } = await run();
    expect(out).toContain('Changed since the version approved on 2026-11-20:\n- Ask the victim');
    expect(out).toMatch(/^\+ Ask the victim first.+the next shift/m);
    const [kept = ''] = await readdir(path.join(local, '.approved'));
    await cp(path.join(local, '.approved', kept), file);
    expect(lastLine((await run()).out)).toBe(
      'Two people stand for this version: it is used from the next start on.',
    );
    await writeFile(file, before.replaceAll('\n', '\r\n'));
    expect((await run()).out).toContain(
      'Since the version approved on 2026-11-20 only line ends changed.',
    );
    await writeFile(path.join(local, '.approved', kept), 'Something else.');
    expect((await run()).out).toContain('is not kept, so what changed cannot be shown.');
  });

  it('shows every field of a script', async () => {
    const scripts = path.join(docs, 'example-scripts');
    const { code, out } = await run({
      file: path.join(scripts, 'lantern-prompts.1.yaml'),
      scripts,
    });
    expect(code).toBe(0);
    expect(out).toContain(
      'questions.LQ01.ask: “Is somebody at your door or window at this moment?”',
    );
    expect(out).toContain(
      'cites.0: “lantern-manual page 1” The Lantern Society (invented): The Lantern Manual, page 1 [lantern-manual]',
    );
  });

  it.each([
    ['who wrote it', { by: ' a. SMITH ', as: 'checked' }, 'has written this version, so another'],
    ['who said so before', { by: 'Smith, A.', as: 'wrote' }, 'said before to have written this'],
  ])('is refused to %s', async (_, signature, reason) => {
    await run(wrote);
    const before = await list();
    const { code, err } = await run(signature);
    expect([code, err.includes(reason), await list()]).toEqual([1, true, before]);
  });

  it.each<[string, Partial<ApproveRequest>, string]>([
    ['a role there is not', { by: 'A. Smith', as: 'read' }, 'Say who stands for it and how: '],
    ['a name without a role', { by: 'A. Smith' }, 'Say who stands for it and how: '],
    ['a role without a name', { as: 'wrote' }, 'Say who stands for it and how: '],
    ['an empty name', { by: ' ', as: 'wrote' }, 'A name has 2 to 100 letters'],
    ['a look-alike name', { by: 'А. Smith', as: 'wrote' }, 'A name has 2 to 100 letters'],
  ])('cannot be meant with %s', async (_, given, reason) => {
    const { code, out, err } = await run(given);
    expect([code, out, err.startsWith(reason)]).toEqual([2, '', true]);
  });

  it('refuses a file that is missing, elsewhere, huge, no text, of no use or of the release', async () => {
    const at = (name: string) => path.join(local, name);
    await writeFile(at('guidance/huge.md'), '');
    await writeFile(at('guidance/custody/huge.md'), ' '.repeat(1_000_001));
    await writeFile(at('guidance/custody/bytes.md'), Buffer.from([0xff, 0xfe, 0x41]));
    await writeFile(at('notes.md'), 'Notes.');
    await writeFile(path.join(folder, 'outside.md'), 'Outside.');
    await symlink(path.join(folder, 'outside.md'), at('guidance/custody/link.md'));
    const refused = async (name: string) => {
      const { code, out, err } = await run({ file: name, ...wrote });
      return [code, out, err];
    };
    const outside = 'lies in no folder of the force’s own: name it with --local or --scripts.\n';
    for (const [name, why] of [
      [at('none.md'), `There is no file ${at('none.md')}.\n`],
      [at('guidance'), `There is no file ${at('guidance')}.\n`],
      [path.join(folder, 'outside.md'), `${path.join(folder, 'outside.md')} ${outside}`],
      [at('guidance/custody/link.md'), `${at('guidance/custody/link.md')} ${outside}`],
      [at('guidance/huge.md'), `${at('guidance/huge.md')} is no file that Signpost uses.\n`],
      [at('notes.md'), `${at('notes.md')} is no file that Signpost uses.\n`],
      [
        at('guidance/custody/huge.md'),
        `${at('guidance/custody/huge.md')} is larger than 1 MB, and no article or script is: it was not read.\n`,
      ],
      [
        at('guidance/custody/bytes.md'),
        `${at('guidance/custody/bytes.md')} is not text in UTF-8.\n`,
      ],
      [
        path.join(knowledgeFolder, 'terms.yaml'),
        `${path.join(knowledgeFolder, 'terms.yaml')} comes with Signpost, and was reviewed with its release.\n`,
      ],
    ])
      expect(await refused(name ?? '')).toEqual([1, '', why]);
    expect(await list()).toBe('');
  });

  it('notes nothing while the folder has a fault, and names it', async () => {
    await mkdir(path.join(local, 'guidance/custody'), { recursive: true });
    await writeFile(path.join(local, 'guidance/custody/broken.md'), 'No article.');
    const { code, out, err } = await run(wrote);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(
      /custody\/broken\.md: has no front matter.*\nNothing can be approved until this is mended\.\n$/,
    );
    expect(await list()).toBe('');
  });

  it('flags odd characters, and lets nobody stand for what cannot be seen', async () => {
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('same shift', 'sаme \u202eshift'));
    const { code, out, err } = await run(wrote);
    expect(code).toBe(1);
    expect(out).toContain('on the sа[U+0430]me [U+202E]shift.');
    expect(out).toMatch(/^Look: line 25: U\+202E, which cannot be seen$/m);
    expect(out).toMatch(/^Look: line 25: U\+0430, which is no Latin letter$/m);
    expect(out).not.toContain('\u202e');
    expect(err).toContain('Nobody can stand for what cannot be seen');
    expect(await list()).toBe('');
    await writeFile(file, text.replace('same shift', 'sаme shift'));
    expect((await run(wrote)).code).toBe(0);
  });

  it('finds a hidden character behind an escape', async () => {
    const terms = path.join(local, 'terms.yaml');
    await writeFile(terms, '- { id: lantern, says: ["Lan\\u200btern", LAS] }\n');
    const { code, out } = await run({ file: terms, ...wrote });
    expect(code).toBe(1);
    expect(out).toContain('Look: lantern.says.0: U+200B, which cannot be seen');
  });

  it('tells of a half-written last line, and writes the next one whole', async () => {
    await run(wrote);
    await appendFile(path.join(local, 'approvals.jsonl'), '{"file":"gui');
    const { code, out, err } = await run(checked);
    expect([code, err]).toEqual([
      0,
      'approvals.jsonl: line 2 was not written to its end and is ignored\n',
    ]);
    expect(lastLine(out)).toContain('Two people stand for this version');
  });

  it('takes its options as they are typed, and check and stale say what is missing', async () => {
    const typed = (...args: readonly string[]) =>
      runCommand('knowledge', [...args, '--local', local], {});
    const noted = await typed('approve', file, '--by', 'A. Smith', '--as', 'wrote');
    expect([noted.code, lastLine(noted.out)]).toEqual([
      0,
      'Noted: A. Smith wrote it. It is not used yet where two have to: nobody has checked this version.',
    ]);
    const line = `LOCAL_GUIDANCE_DIR/${advocates}: left out where two have to approve: nobody has checked this version\n`;
    for (const command of ['check', 'stale']) expect((await typed(command)).out).toContain(line);
    expect((await typed('approve')).code).toBe(2);
  }, 60_000);

  it('decides what ask quotes, as it does for the server', async () => {
    const asked = (env: Readonly<Record<string, string>>) =>
      runCommand(
        'ask',
        ['Which stalking advocacy service covers Blankshire?', '--local', local],
        env,
      );
    const words = 'The Lantern Advocacy Service takes referrals';
    for (const [env, isQuoted] of [
      [{}, true],
      [{ KNOWLEDGE_APPROVAL: 'two' }, false],
      [{ MICROSOFT_APP_ID: 'an-app' }, false],
      [{ MICROSOFT_APP_ID: 'an-app', KNOWLEDGE_APPROVAL: 'none' }, true],
    ] as const)
      expect([env, (await asked(env)).out.includes(words)]).toEqual([env, isQuoted]);
  }, 60_000);
});
