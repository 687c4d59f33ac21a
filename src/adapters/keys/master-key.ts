/** A key that encrypts the store's data keys and never leaves its place: a file of this machine, or a key vault. */
export type MasterKey = {
  /** Encrypts a data key with the newest master key; `by` names that one. */
  readonly wrap: (dataKey: Buffer) => Promise<Wrapped>;
  /** A fault where the master key named is not to be had, or did not wrap this. */
  readonly unwrap: (wrapped: Wrapped) => Promise<Buffer>;
};

export type Wrapped = {
  readonly by: string;
  /** Base64. */
  readonly wrapped: string;
};

/** Bytes in a data key and in a master key of a file: AES-256. */
export const keyBytes = 32;
