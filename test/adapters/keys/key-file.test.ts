import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  addKey,
  listKeyNames,
  makeKeyFile,
  openKeyFile,
} from '../../../src/adapters/keys/key-file.js';

const dataKey = Buffer.alloc(32, 7);

describe('a key file', () => {
  let folder = '';
  let file = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'signpost-keys-'));
    file = path.join(folder, 'sub', 'master-keys');
    await makeKeyFile(file);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is made once, whoever asks at the same time, and for its owner alone', async () => {
    const other = path.join(folder, 'other');
    const made = await Promise.all(Array.from({ length: 8 }, () => makeKeyFile(other)));
    expect(made.filter((one) => one === 'made')).toHaveLength(1);
    expect((await stat(other)).mode & 0o777).toBe(0o600);
    const text = await readFile(other, 'utf8');
    expect(await makeKeyFile(other)).toBe('there');
    expect(await readFile(other, 'utf8')).toBe(text);
    expect(await readdir(folder)).toEqual(['other', 'sub']);
  });

  it('unwraps what it wrapped, also after a newer key came, which wraps from then on', async () => {
    const before = await (await openKeyFile(file)).wrap(dataKey);
    await addKey(file);
    const keys = await openKeyFile(file);
    const after = await keys.wrap(dataKey);
    expect(after.by).not.toBe(before.by);
    expect([await keys.unwrap(before), await keys.unwrap(after)]).toEqual([dataKey, dataKey]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(before.wrapped).not.toContain(dataKey.toString('base64'));
  });

  it('gets each key that is added, and one of several at once is refused rather than lost', async () => {
    const [first] = await listKeyNames(file);
    const added = await Promise.allSettled(Array.from({ length: 8 }, () => addKey(file)));
    const names = added.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const refused = added.flatMap((one) => (one.status === 'rejected' ? [one.reason.message] : []));
    expect((await listKeyNames(file)).toSorted()).toEqual([first, ...names].toSorted());
    expect(names.length + refused.length).toBe(8);
    expect(names.length).toBeGreaterThan(0);
    for (const why of refused) expect(why).toContain('another key is being added');
    expect(await readdir(path.dirname(file))).toEqual(['master-keys']);
  });

  it('is left as it is where one was cut off while adding, until that is removed', async () => {
    const text = await readFile(file, 'utf8');
    await writeFile(`${file}.new`, 'cut o');
    await expect(addKey(file)).rejects.toThrow('remove it where that was cut off');
    expect([await readFile(file, 'utf8'), await readFile(`${file}.new`, 'utf8')]).toEqual([
      ...[text, 'cut o'],
    ]);
    await rm(`${file}.new`);
    await addKey(file);
    expect(await listKeyNames(file)).toHaveLength(2);
  });

  it('gets no key where there is none, or it is no key file, and nothing is left beside it', async () => {
    await expect(addKey(path.join(folder, 'none', 'x'))).rejects.toThrow('there is no key file');
    await writeFile(file, 'something else');
    await expect(addKey(file)).rejects.toThrow('not a key file');
    expect(await readdir(path.dirname(file))).toEqual(['master-keys']);
  });

  it('does not unwrap what another key wrapped', async () => {
    const other = path.join(folder, 'other');
    await makeKeyFile(other);
    const wrapped = await (await openKeyFile(other)).wrap(dataKey);
    const keys = await openKeyFile(file);
    await expect(keys.unwrap(wrapped)).rejects.toThrow('holds no mk-');
    const { by } = await keys.wrap(dataKey);
    await expect(keys.unwrap({ ...wrapped, by })).rejects.toThrow('another key');
  });

  it.runIf(process.platform !== 'win32').each([0o640, 0o604, 0o644, 0o660])(
    'is refused where others may read or write it: %o',
    async (mode) => {
      await chmod(file, mode);
      await expect(openKeyFile(file)).rejects.toThrow('may be read by others');
    },
  );

  it.each([
    ['is missing', undefined, 'there is no key file'],
    ['is empty', '', 'holds no key'],
    ['holds only a comment', '# keys\n', 'holds no key'],
    ['was cut off', 'mk-00000000-0000-4000-8000-000000000001 Zm9v', 'was cut off'],
    ['is something else', '{"key": 1}', 'not a key file'],
  ])('is refused where it %s', async (_, text, why) => {
    await rm(file);
    if (text !== undefined) await writeFile(file, text, { mode: 0o600 });
    await expect(openKeyFile(file)).rejects.toThrow(why);
  });
});
