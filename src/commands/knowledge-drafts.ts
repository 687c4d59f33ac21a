import path from 'node:path';
import { writeNewFiles } from '../adapters/new-files.js';
import { parseArticle } from '../adapters/parse-article.js';
import { addMonths } from '../core/days.js';
import { draftArticles, emptyArticle, mayCopy } from '../core/draft-article.js';
import type { PassageId, SourceId } from '../core/ids.js';
import type { ImportedDocument } from '../core/imported-document.js';
import type { Knowledge } from '../core/knowledge.js';
import { findReader, readDocument } from './read-document.js';

/** Half a year, as in the articles shipped. */
const reviewMonths = 6;

const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Writes an article to be written by hand; 2 when the name is none, 1 when one stands there. */
export async function newArticle(
  knowledge: Knowledge,
  folder: string,
  name: string,
  today: string,
): Promise<number> {
  const [topic = '', article = '', ...more] = name.split('/');
  if (!isName(topic) || !isName(article) || more.length > 0)
    return say(`Name it as topic/article, in small letters and hyphens, not “${name}”.`, 2);
  const text = emptyArticle(article, {
    checkedOn: today,
    reviewBy: addMonths(today, reviewMonths),
  });
  return save(knowledge, folder, topic, [{ id: article, text }]);
}

export type ImportRequest = {
  readonly file: string;
  readonly source: string;
  readonly topic: string;
  /** Undefined: named for the file. */
  readonly article: string | undefined;
};

/** Turns a saved file into drafts; 2 for what cannot be meant, 1 for what is refused. */
export async function importFile(
  knowledge: Knowledge,
  folder: string,
  request: ImportRequest,
  today: string,
): Promise<number> {
  const { file, topic } = request;
  const article = request.article ?? nameFrom(file);
  const source = knowledge.sources.get(request.source as SourceId);
  if (!isName(topic) || !isName(article))
    return say(
      `--topic and --article are small letters and hyphens, not “${topic}”, “${article}”.`,
      2,
    );
  if (!source)
    return say(
      `There is no source ${request.source}: add it to sources.yaml first, with its licence.`,
      2,
    );
  const document = await readDocument(file, findReader());
  if (!document) return 1;
  for (const remark of document.remarks) process.stdout.write(`${remark}\n`);
  const drafts = draftArticles(document.blocks, {
    article,
    title: titleOf(document, source.title),
    source,
    checkedOn: today,
    reviewBy: addMonths(today, reviewMonths),
  });
  process.stdout.write(
    mayCopy(source)
      ? `The licence of ${source.id} (${source.licence}) lets its words be copied: they stand in quotation marks, to be rewritten.\n`
      : `The licence of ${source.id} (${source.licence}) does not let its words be copied: only headings and places were taken, to be written in your own words.\n`,
  );
  return save(knowledge, folder, topic, drafts);
}

/** Nothing is written that would stop the knowledge from loading. */
async function save(
  knowledge: Knowledge,
  folder: string,
  topic: string,
  drafts: readonly { readonly id: string; readonly text: string }[],
): Promise<number> {
  if (drafts.length === 0) return say('The file has headings but no paragraph.', 1);
  const ids = drafts.flatMap(({ text }) => parseArticle(text, topic).map(({ id }) => id));
  const taken = ids.find((id: PassageId) => knowledge.passages.has(id));
  if (taken !== undefined)
    return say(`A passage ${taken} is there already; name another article with --article.`, 1);
  const files = drafts.map(({ id, text }) => ({
    file: path.join(folder, 'guidance', topic, `${id}.md`),
    text,
  }));
  const written = await writeNewFiles(files);
  if (written.kind === 'exists')
    return say(`${written.file} is there already; it was left as it is.`, 1);
  for (const { file } of files) process.stdout.write(`wrote ${file}\n`);
  process.stdout.write(
    `As drafts, ${ids.length} in number: none is used before it is published.\n`,
  );
  return 0;
}

function titleOf({ blocks }: ImportedDocument, otherwise: string): string {
  const heading = blocks.find(({ kind }) => kind === 'heading')?.text;
  return heading && heading.length >= 5 && heading.length <= 150 ? heading : otherwise;
}

/** `My report (final).pdf` as my-report-final. */
function nameFrom(file: string): string {
  const words =
    path
      .basename(file, path.extname(file))
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  return words.join('-').slice(0, 60).replace(/-+$/, '');
}

/** Room is left for a number behind it. */
function isName(name: string): boolean {
  return name.length <= 60 && kebab.test(name);
}

function say(words: string, code: number): number {
  process.stderr.write(`${words}\n`);
  return code;
}
