import { makeAzureToken } from '../azure-token.js';
import { makeKeyFile, openKeyFile } from './key-file.js';
import { makeKeyVault } from './key-vault.js';
import type { MasterKey } from './master-key.js';

/** Where the master key is; `isMade`: a file that is made where there is none. */
export type MasterPlace =
  | { readonly kind: 'file'; readonly file: string; readonly isMade: boolean }
  | { readonly kind: 'vault'; readonly key: string; readonly scope: string };

/** Opens the master key. KeyFileFault where its file cannot be used; a vault is asked later. */
export async function openMaster(place: MasterPlace): Promise<MasterKey> {
  if (place.kind === 'vault')
    return makeKeyVault({ url: place.key, token: makeAzureToken(place.scope, undefined) });
  if (place.isMade) await makeKeyFile(place.file);
  return openKeyFile(place.file);
}
