/** The part of two packages without types of their own that the evaluation uses. */
declare module 'wink-bm25-text-search' {
  type Engine = {
    readonly defineConfig: (config: {
      readonly fldWeights: Readonly<Record<string, number>>;
    }) => void;
    readonly definePrepTasks: (tasks: readonly unknown[]) => number;
    readonly addDoc: (fields: Readonly<Record<string, string>>, id: string) => number;
    readonly consolidate: () => void;
    readonly search: (text: string, limit: number) => readonly (readonly [string, number])[];
  };
  const make: () => Engine;
  // biome-ignore lint/style/noDefaultExport: the package exports it so
  export default make;
}

declare module 'wink-nlp-utils' {
  const utils: {
    readonly string: Readonly<Record<'lowerCase' | 'removeExtraSpaces' | 'tokenize0', unknown>>;
    readonly tokens: Readonly<Record<'propagateNegations' | 'removeWords' | 'stem', unknown>>;
  };
  // biome-ignore lint/style/noDefaultExport: the package exports it so
  export default utils;
}
