import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { LeftOut } from '../core/approval.js';
import { cuesSchema } from '../core/cues.js';
import { fieldSchema, makeFindGround } from '../core/field.js';
import type { PassageId, SourceId } from '../core/ids.js';
import type { Knowledge } from '../core/knowledge.js';
import { cuesWithLocal, joinLocal, replacingFaults } from '../core/local-guidance.js';
import { narrativeFaults, narrativeRulesSchema } from '../core/narrative-rules.js';
import {
  type Passage,
  parseMark,
  type Source,
  sourceSchema,
  statementsOf,
  textOf,
} from '../core/passage.js';
import { makeSearch } from '../core/retrieval.js';
import { type Script, scriptSchema } from '../core/script.js';
import { successorFaults } from '../core/successor.js';
import { neverAdviseSchema } from '../core/wording.js';
import { approvalsName } from './approvals-file.js';
import { fileOf, forceFolder, forceScriptFaults, readForceFiles } from './force-scripts.js';
import { type KnowledgeFile, readKnowledgeFile } from './knowledge-file.js';
import { localFolder, readLocalFiles, unsafeFaults } from './local-files.js';
import { ArticleFault, parseArticle } from './parse-article.js';
import { listUnapproved, listUnapprovedOfBase } from './unapproved-files.js';
import { type Found, withoutResting } from './without-resting.js';

/**
 * Reads the knowledge directory. Over 200 lines: reading and the checks across files stand together, so that what a
 * fault may be about is seen in one place.
 */

/** Raised when knowledge cannot be used; the message has one line a fault: file, field, reason. */
export class KnowledgeFault extends Error {}

const termsSchema = z.array(
  z.strictObject({ id: z.string().regex(/^[a-z0-9-]+$/), says: z.array(z.string().min(2)).min(1) }),
);

/**
 * What files parsed to, by a hash of name and text. The build fills one with the knowledge shipped, so that a
 * start does not parse 70 files again; a file that differs by a letter is parsed anew.
 */
export type Parsed = Map<string, unknown>;

/**
 * Loads a knowledge directory whole, with a force's own scripts and guidance where their directories are named, or
 * throws KnowledgeFault with everything that is wrong with them. Where `approval` is `two`, a file of the force that
 * two people do not stand for is not even parsed: what it replaces stands, and what is written in it stops no start. A
 * knowledge base of the force's own is used whole or not at all, so there it is a fault.
 */
export async function loadKnowledge(
  directory: string,
  parsed: Parsed = new Map(),
  scriptsDirectory?: string,
  localDirectory?: string,
  approval: 'two' | 'none' = 'none',
): Promise<Knowledge> {
  const faults: string[] = [];
  const [base, ownFiles, localFiles] = await Promise.all([
    readFiles(directory),
    scriptsDirectory === undefined ? [] : readForceFiles(scriptsDirectory, faults),
    localDirectory === undefined ? [] : readLocalFiles(localDirectory, faults),
  ]);
  const ofBase = await listUnapprovedOfBase(directory, base);
  const ofForce = [
    ...(await listUnapproved(scriptsDirectory, forceFolder, ownFiles)),
    ...(await listUnapproved(localDirectory, localFolder, localFiles)),
  ];
  const leftOut = approval === 'two' ? ofForce : [];
  if (approval === 'two') faults.push(...approvalFaults(ofBase));
  const isUsed = ({ name }: KnowledgeFile) => !leftOut.some(({ file }) => file === name);
  const files = [...base, ...ownFiles, ...localFiles].filter(isUsed);
  const read = <Schema extends z.ZodType>(name: string, schema: Schema) =>
    readYaml(files, name, schema, faults, parsed);
  /** A list that a force may go on with in files of its own, whose ids may not be taken already. */
  const readLists = <Schema extends z.ZodType<readonly { readonly id: string }[]>>(
    name: string,
    folders: readonly string[],
    schema: Schema,
  ) => {
    const own = folders.map((folder) => `${folder}${name}`);
    const names = [name, ...own.filter((other) => files.some((file) => file.name === other))];
    return names.flatMap((file) =>
      (read(file, schema) ?? []).map((entry) => ({
        file,
        entry: entry as z.infer<Schema>[number],
      })),
    );
  };

  const sourceList = readLists('sources.yaml', [forceFolder, localFolder], z.array(sourceSchema));
  const termList = readLists('terms.yaml', [localFolder], termsSchema);
  const field = read('field.yaml', fieldSchema);
  const cues = read('cues.yaml', cuesSchema);
  const neverAdvise = read('never-advise.yaml', neverAdviseSchema);
  const narrative = read('narrative.yaml', narrativeRulesSchema);
  const shippedArticles = readArticles(files, 'guidance/', faults, parsed);
  const allLocal = readArticles(files, `${localFolder}guidance/`, faults, parsed);
  const national = shippedArticles.map(({ entry }) => entry);
  const readScripts = (folder: string) =>
    files
      .filter(({ name }) => name.startsWith(folder) && name !== `${forceFolder}sources.yaml`)
      .flatMap(({ name }) => readScript(name, folder, read(name, scriptSchema), faults));
  const shipped = readScripts('scripts/');
  const allOwn = readScripts(forceFolder);

  const sources = byId(sourceList.map(({ entry }) => entry));
  const resting = withoutResting({
    articles: allLocal,
    scripts: allOwn.map((script) => ({ file: `${forceFolder}${fileOf(script)}`, entry: script })),
    shipped: national,
    leftOut,
    lacksSource: (passages, scripts) => citationFaults(passages, scripts, sources).length > 0,
  });
  const { articles: localArticles, scripts: ownScripts } = resting;
  const scripts = [...shipped, ...ownScripts];

  const local = localArticles.map(({ entry }) => entry);
  const passageList = joinLocal(national, local);
  faults.push(...takenIds([...shippedArticles, ...localArticles]));
  faults.push(...takenIds(sourceList), ...takenIds(termList));
  const passages = byId(passageList);
  const terms = termList.map(({ entry }) => entry);
  faults.push(...citationFaults(passageList, scripts, sources));
  faults.push(...replacingFaults(national, local), ...successorFaults(passages));
  faults.push(...forceScriptFaults(ownScripts, shipped));
  if (cues) faults.push(...cueFaults(cues, passages));
  if (neverAdvise) faults.push(...unsafeFaults(local, neverAdvise));
  if (narrative) faults.push(...narrativeFaults(narrative, passages));
  if (faults.length > 0 || !field || !cues || !neverAdvise || !narrative)
    throw new KnowledgeFault(faults.join('\n'));

  const published = passageList.filter((passage) => passage.status === 'published');
  const search = makeSearch(published.map(toDocument), terms);
  return {
    version: versionOf(files.filter(({ name }) => !resting.files.has(name))),
    sources,
    passages,
    terms,
    findGround: makeFindGround(field),
    cues: local.length === 0 ? cues : cuesWithLocal(cues, local),
    neverAdvise,
    narrative,
    scripts,
    search,
    unapproved: [...ofBase, ...ofForce, ...resting.alsoLeftOut],
  };
}

/** A line of the list that is ignored takes nothing away by itself. */
function approvalFaults(unapproved: readonly LeftOut[]): readonly string[] {
  return unapproved
    .filter(({ file }) => file !== approvalsName)
    .map(({ file, why }) => `${file}, KNOWLEDGE_APPROVAL: ${why}`);
}

function toDocument(passage: Passage) {
  const { id, heading, article, asks } = passage;
  return { id, heading, title: article, asks, text: textOf(passage) };
}

async function readFiles(directory: string): Promise<readonly KnowledgeFile[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const names = entries
    .filter(
      (entry) => entry.isFile() && /\.(ya?ml|md)$/.test(entry.name) && entry.name !== 'README.md',
    )
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
    .map((name) => name.split(path.sep).join('/'))
    .sort();
  return Promise.all(names.map((name) => readKnowledgeFile(name, path.join(directory, name))));
}

function readYaml<Schema extends z.ZodType>(
  files: readonly KnowledgeFile[],
  name: string,
  schema: Schema,
  faults: string[],
  parsed: Parsed,
): z.infer<Schema> | undefined {
  const file = files.find((candidate) => candidate.name === name);
  if (!file) {
    faults.push(`${name}: the file is missing`);
    return undefined;
  }
  let value: unknown;
  try {
    value = once(parsed, file, () => parseYaml(file.text, { maxAliasCount: 0 }));
  } catch (error) {
    faults.push(`${name}: not YAML: ${String(error).split('\n')[0]}`);
    return undefined;
  }
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  for (const issue of checked.error.issues) {
    faults.push(`${name}, ${whereIn(value, issue.path)}: ${issue.message}`);
  }
  return undefined;
}

/** `3 (spo-length).title`: positions in a list are named by the entry's id where it has one. */
function whereIn(value: unknown, at: readonly PropertyKey[]): string {
  let here: unknown = value;
  const names = at.map((key) => {
    here = (here as Record<PropertyKey, unknown> | undefined)?.[key];
    const id = (here as { id?: unknown } | undefined)?.id;
    return typeof id === 'string' ? `${String(key)} (${id})` : String(key);
  });
  return names.join('.') || 'whole file';
}

function readArticles(
  files: readonly KnowledgeFile[],
  folder: string,
  faults: string[],
  parsed: Parsed,
): readonly Found<Passage>[] {
  return files
    .filter(({ name }) => name.startsWith(folder))
    .flatMap((file) => {
      const topic = file.name.slice(folder.length).split('/')[0] ?? '';
      try {
        const passages = once(parsed, file, () => parseArticle(file.text, topic));
        return passages.map((entry) => ({ file: file.name, entry }));
      } catch (error) {
        if (!(error instanceof ArticleFault)) throw error;
        faults.push(`${file.name}: ${error.message}`);
        return [];
      }
    });
}

/** Parses a file unless one of that name and text was parsed before. What is kept came from `parse`, hence its type. */
function once<Value>(parsed: Parsed, { name, text }: KnowledgeFile, parse: () => Value): Value {
  const key = createHash('sha256').update(`${name}\0${text}`).digest('hex');
  if (!parsed.has(key)) parsed.set(key, parse());
  return parsed.get(key) as Value;
}

/** A script's file name says what it is: `first-contact.1.yaml`. */
function readScript(
  name: string,
  folder: string,
  script: Script | undefined,
  faults: string[],
): readonly Script[] {
  if (!script) return [];
  if (name !== `${folder}${script.name}.${script.version}.yaml`) {
    faults.push(`${name}, name: holds ${script.name} version ${script.version}`);
  }
  return [script];
}

/** One sentence for each id that stands twice, naming both files. */
function takenIds(list: readonly Found<{ readonly id: string }>[]): readonly string[] {
  const owners = new Map<string, string>();
  return list.flatMap(({ file, entry: { id } }) => {
    const owner = owners.get(id);
    owners.set(id, owner ?? file);
    if (owner === undefined) return [];
    return [`${file}, id: ${id} ${owner === file ? 'stands twice' : `stands in ${owner} already`}`];
  });
}

function byId<T extends { readonly id: string }>(list: readonly T[]): ReadonlyMap<T['id'], T> {
  return new Map(list.map((entry) => [entry.id, entry]));
}

function citationFaults(
  passages: readonly Passage[],
  scripts: readonly Script[],
  sources: ReadonlyMap<SourceId, Source>,
): readonly string[] {
  const unknown = (where: string, source: SourceId | undefined) =>
    source && sources.has(source)
      ? []
      : [`${where}: source ${source ?? '?'} is not in sources.yaml`];
  return [
    ...passages.flatMap((passage) =>
      passage.blocks
        .flatMap(statementsOf)
        .flatMap(({ marks }) =>
          marks.flatMap((mark) => unknown(`passage ${passage.id}`, mark.source)),
        ),
    ),
    ...scripts.flatMap((script) =>
      [
        ...script.questions.map((q) => ({
          at: q.id as string,
          cites: [...q.why.cites, ...q.feeds.cites],
        })),
        ...script.indications.map((i) => ({ at: i.id, cites: i.cites })),
      ].flatMap(({ at, cites }) =>
        cites.flatMap((cite) => unknown(`script ${script.name} ${at}`, parseMark(cite)?.source)),
      ),
    ),
  ];
}

/** A cue that shows nothing would be silence at the worst moment. */
function cueFaults(
  cues: z.infer<typeof cuesSchema>,
  passages: ReadonlyMap<PassageId, Passage>,
): readonly string[] {
  return [...cues.danger, ...cues.premises].flatMap((cue) =>
    cue.shows
      .filter((id) => passages.get(id)?.status !== 'published')
      .map((id) => `cues.yaml, ${cue.id}: shows ${id}, which is not a published passage`),
  );
}

function versionOf(files: readonly KnowledgeFile[]): string {
  const hash = createHash('sha256');
  for (const { name, text } of files) hash.update(`${name}\0${text}\0`);
  return hash.digest('hex').slice(0, 12);
}
