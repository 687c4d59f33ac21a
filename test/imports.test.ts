import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/** The layers of the house (decisions.md, "Layout"): what a file may import is told by where it lies. */
const root = path.join(import.meta.dirname, '..');

type Layer = {
  readonly name: string;
  readonly holds: RegExp;
  /** Our own files it may import, by path from the root. */
  readonly mayImport: RegExp;
  /** Packages it may import; `node:` modules are listed apart. */
  readonly packages: RegExp;
  readonly node: boolean;
};

const layers: readonly Layer[] = [
  {
    name: 'core',
    holds: /^src\/core\//,
    mayImport: /^src\/core\//,
    packages: /^(zod|stemmer)$/,
    node: false,
  },
  {
    name: 'flows',
    holds: /^src\/flows\//,
    mayImport: /^src\/(core|flows)\//,
    // A port names the shape of a model's reply.
    packages: /^zod$/,
    node: false,
  },
  {
    name: 'adapters',
    holds: /^src\/adapters\//,
    mayImport: /^src\/(core|flows\/ports|adapters|config-model)(\/|\.ts)/,
    packages:
      /^(pg|@electric-sql\/pglite.*|node-pg-migrate|pino|yaml|markdown-it|chrono-node\/en|csv-parse\/sync|@resvg\/resvg-js|docx|pdfkit|unpdf|mammoth|turndown|linkedom|@mozilla\/readability|yauzl|jose|yazl|@langchain\/openai|@azure\/identity|prom-client|@opentelemetry\/[a-z-]+|cockatiel|zod)$/,
    node: true,
  },
  {
    name: 'config',
    holds: /^src\/config(-[a-z]+)?\.ts$/,
    mayImport: /^src\/config-[a-z]+\.ts$/,
    packages: /^zod$/,
    node: true,
  },
  {
    name: 'the peers of the ranking, in one file',
    holds: /^src\/commands\/evaluate-retrieval\/peers\.ts$/,
    mayImport: /^src\/(core|commands)\//,
    packages: /^(minisearch|wink-bm25-text-search|wink-nlp-utils|node-sqlite3-wasm)$/,
    node: true,
  },
  {
    name: 'commands',
    holds: /^src\/commands\//,
    mayImport: /^src\//,
    packages: /^(zod|yaml|@electric-sql\/pglite|@microsoft\/app-manifest)$/,
    node: true,
  },
  {
    name: 'the SDK, in one file',
    holds: /^bot\/teams\/channel\.ts$/,
    mayImport: /^bot\/teams\//,
    packages: /^(botbuilder|botframework-connector)(\/.*)?$/,
    node: false,
  },
  {
    name: 'bot/teams',
    holds: /^bot\/teams\//,
    mayImport: /^(bot\/teams|src\/core|src\/flows)\/|^src\/adapters\/log\.ts$/,
    packages: /^(zod|express|express-rate-limit)$/,
    node: true,
  },
  {
    name: 'the page',
    holds: /^bot\/tab\/page\//,
    mayImport: /^(bot\/tab\/page|src\/core)\//,
    packages: /^(react|react-dom\/client|@fluentui\/react-components|@microsoft\/teams-js)$/,
    node: false,
  },
  {
    name: 'bot/tab',
    holds: /^bot\/tab\/[^/]+$/,
    mayImport: /^(bot\/tab|src\/core|src\/flows)\/|^src\/adapters\/log\.ts$/,
    packages: /^(zod|express|express-rate-limit)$/,
    node: true,
  },
  {
    name: 'composition root',
    holds:
      /^bot\/(wire|wire-watch|watch|wire-tab|wire-knowledge|wire-store|wire-model|wire-switches|repeated|main|http)\.ts$/,
    mayImport: /^(bot|src)\//,
    packages: /^(express|helmet)$/,
    node: true,
  },
];

const files = ['src', 'bot'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name.split(path.sep).join('/')}`),
);

describe('imports', () => {
  it('finds files to look at', () => {
    expect(files.length).toBeGreaterThan(30);
  });

  it.each(files)('%s imports only what its layer may', (file) => {
    const layer = layers.find(({ holds }) => holds.test(file));
    expect(layer, `${file} lies in no layer`).toBeDefined();
    const refused = importsOf(file).filter((target) => layer && !isAllowed(layer, file, target));
    expect(refused).toEqual([]);
  });

  it('does nothing on import but in the files that are run', () => {
    const starting = files.filter((file) =>
      /^(?:await |main\(|process\.exitCode = )/m.test(textOf(file)),
    );
    const runs = (file: string) => file === 'bot/main.ts' || file.startsWith('src/commands/');
    expect(starting.filter((file) => !runs(file))).toEqual([]);
  });

  it('loads no client of a model before one is known to be configured', () => {
    const loaded = new Set(['bot/main.ts']);
    for (const file of loaded) {
      if (!/\.tsx?$/.test(file)) continue;
      for (const target of loadedBy(file))
        loaded.add(target.startsWith('.') ? resolvedFrom(file, target) : target);
    }
    expect(loaded).toContain('bot/wire-model.ts');
    expect(
      [...loaded].filter((name) =>
        /langchain|openai|@azure\/identity|prom-client|opentelemetry/.test(name),
      ),
    ).toEqual([]);
  });

  it('reads the environment only where the process starts', () => {
    const reading = files.filter((file) => /process\.env\b/.test(textOf(file)));
    const mayRead = (file: string) => file === 'bot/main.ts' || file.startsWith('src/commands/');
    expect(reading.filter((file) => !mayRead(file))).toEqual([]);
  });
});

function importsOf(file: string): readonly string[] {
  const pattern =
    /^\s*(?:import|export)\b[^'";]*?from '([^']+)'|^\s*import '([^']+)'|import\('([^']+)'\)/gm;
  return [...textOf(file).matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

/** What is loaded with a file: neither types nor what is imported when it is called for. */
function loadedBy(file: string): readonly string[] {
  const pattern = /^(?:import|export)\b(?! type\b)[^'";]*?from '([^']+)'|^import '([^']+)'/gm;
  return [...textOf(file).matchAll(pattern)].map((match) => match[1] ?? match[2] ?? '');
}

function resolvedFrom(file: string, target: string): string {
  return path.posix.join(path.posix.dirname(file), target).replace(/\.js$/, '.ts');
}

function isAllowed(layer: Layer, file: string, target: string): boolean {
  if (target.startsWith('node:')) return layer.node;
  if (!target.startsWith('.')) return layer.packages.test(target);
  return layer.mayImport.test(resolvedFrom(file, target));
}

function textOf(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}
