import { open } from 'node:fs/promises';

/** Makes new names in a folder last over a loss of power. Windows has no such call for folders, and does not need it. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}
