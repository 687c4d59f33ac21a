import MarkdownIt from 'markdown-it';
import { parse as parseYaml } from 'yaml';
import type { z } from 'zod';
import {
  type ArticleHead,
  articleHeadSchema,
  type Block,
  type Mark,
  type Passage,
  type PassageHead,
  parseMark,
  passageHeadSchema,
  type Statement,
  statementsOf,
  unwritten,
} from '../core/passage.js';

// html: false, so that raw HTML in an article is text and never markup.
const markdown = new MarkdownIt({ html: false });
type Token = ReturnType<typeof markdown.parse>[number];

/** Raised for an article that cannot be used; the message names the line and what is wrong. */
export class ArticleFault extends Error {}

/**
 * Returns the passages of one article (format: knowledge/README.md). Throws ArticleFault at the
 * first thing that is not of that format: an article is loaded whole or not at all.
 */
export function parseArticle(text: string, topic: string): readonly Passage[] {
  const { head, body, firstLine } = splitFrontMatter(text);
  const article = parseHead(articleHeadSchema, head, 'front matter');
  const sections = splitSections(markdown.parse(body, {}), firstLine);
  if (sections.length === 0) throw new ArticleFault('has no passage (no "## heading")');
  return sections.map((section) => toPassage(article, topic, section));
}

function splitFrontMatter(text: string): { head: string; body: string; firstLine: number } {
  const match = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/.exec(text);
  if (!match?.[1]) throw new ArticleFault('has no front matter between two lines "---"');
  const firstLine = match[0].split('\n').length;
  return { head: match[1], body: text.slice(match[0].length), firstLine };
}

function parseHead<Schema extends z.ZodType>(
  schema: Schema,
  yaml: string,
  where: string,
): z.infer<Schema> {
  let value: unknown;
  try {
    value = parseYaml(yaml, { maxAliasCount: 0 });
  } catch (error) {
    throw new ArticleFault(`${where} is not YAML: ${firstLineOf(error)}`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ArticleFault(`${where}, field ${issue?.path.join('.') || '(all)'}: ${issue?.message}`);
}

type Section = {
  readonly heading: string;
  readonly line: number;
  head?: PassageHead;
  readonly blocks: { lead: Statement[]; items: Statement[] }[];
};

/** One pass over markdown-it's flat tokens; anything but headings, paragraphs and plain lists is refused. */
function splitSections(tokens: readonly Token[], firstLine: number): readonly Section[] {
  const sections: Section[] = [];
  let inList = false;
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] as Token;
    const line = (token.map?.[0] ?? 0) + firstLine;
    const section = sections.at(-1);
    if (token.type === 'heading_open') {
      if (token.tag !== 'h2')
        throw new ArticleFault(`line ${line}: only "##" headings are allowed`);
      sections.push({ heading: tokens[index + 1]?.content ?? '', line, blocks: [] });
      index += 2;
    } else if (!section) {
      throw new ArticleFault(`line ${line}: text before the first "##" heading`);
    } else if (token.type === 'fence' && token.info.trim() === 'passage') {
      section.head = parseHead(passageHeadSchema, token.content, `line ${line}: passage block`);
    } else if (token.type === 'bullet_list_open' || token.type === 'ordered_list_open') {
      if (inList) throw new ArticleFault(`line ${line}: a list inside a list`);
      inList = true;
      requireLeadIn(section, line);
    } else if (token.type === 'bullet_list_close' || token.type === 'ordered_list_close') {
      inList = false;
    } else if (token.type === 'inline') {
      addText(section, token.content, inList, line);
    } else if (!/^(paragraph|list_item)_(open|close)$/.test(token.type)) {
      throw new ArticleFault(`line ${line}: ${token.type} is not allowed in an article`);
    }
  }
  return sections;
}

function requireLeadIn(section: Section, line: number): void {
  const last = section.blocks.at(-1)?.lead.at(-1);
  if (!last?.text.endsWith(':')) {
    throw new ArticleFault(`line ${line}: a list needs a paragraph ending in ":" before it`);
  }
}

function addText(section: Section, content: string, inList: boolean, line: number): void {
  const block = section.blocks.at(-1);
  if (inList && block) {
    const inherited = block.lead.at(-1)?.marks ?? [];
    block.items.push(...parseStatements(content, line, inherited));
  } else {
    section.blocks.push({ lead: [...parseStatements(content, line, [])], items: [] });
  }
}

const marksPattern = /\s*((?:\[@[^\]]+\])+)/g;

/** Splits "Words. [@a s1] More words. [@b s2][@c s3]" into statements; words without a mark are refused. */
function parseStatements(
  content: string,
  line: number,
  inherited: readonly Mark[],
): readonly Statement[] {
  if (content.includes('\n'))
    throw new ArticleFault(`line ${line}: one paragraph must be one line`);
  const statements: Statement[] = [];
  let from = 0;
  for (const match of content.matchAll(marksPattern)) {
    const marks = (match[1] ?? '')
      .slice(2, -1)
      .split('][@')
      .map((text) => readMark(text, line));
    statements.push({ text: content.slice(from, match.index).trim(), marks });
    from = match.index + match[0].length;
  }
  const rest = content.slice(from).trim();
  // A lead-in may leave its marks to its list; `markLeadIns` sees to it.
  const isLeadIn = rest.endsWith(':') || rest === unwritten;
  if (rest && (inherited.length > 0 || isLeadIn)) statements.push({ text: rest, marks: inherited });
  else if (rest) throw new ArticleFault(`line ${line}: no source after "${rest.slice(0, 60)}"`);
  return statements;
}

function readMark(text: string, line: number): Mark {
  const mark = parseMark(text);
  if (!mark) throw new ArticleFault(`line ${line}: [@${text}] is not a source id and a locator`);
  return mark;
}

function toPassage(article: ArticleHead, topic: string, section: Section): Passage {
  if (!section.head)
    throw new ArticleFault(`line ${section.line}: no passage block after the heading`);
  if (section.blocks.length === 0) throw new ArticleFault(`line ${section.line}: an empty passage`);
  const { id: _, title, ...standing } = article;
  const blocks = section.blocks.map((block) => markLeadIns(block, section.line));
  const passage = { ...standing, ...section.head, topic, article: title, blocks };
  requireFinished(passage, section.line);
  return { ...passage, heading: section.heading };
}

/** What a draft may still lack. */
function requireFinished(
  { status, asks, successor, blocks }: Omit<Passage, 'heading'>,
  line: number,
): void {
  const fault = (reason: string) => new ArticleFault(`section at line ${line}: ${reason}`);
  if (successor && status !== 'retired')
    throw fault('only a retired passage has a successor; set status: retired');
  if (status === 'draft') return;
  if (asks.length < 3) throw fault('passage block, field asks: needs three to eight');
  if (blocks.flatMap(statementsOf).some(({ text }) => text.includes(unwritten)))
    throw fault(`still holds "${unwritten}"; only a draft may`);
}

/** A lead-in without a mark of its own ("Ask:") rests on what its first item rests on. */
function markLeadIns(block: Block, line: number): Block {
  const marks = block.items[0]?.marks ?? [];
  const lead = block.lead.map((s) => (s.marks.length > 0 ? s : { ...s, marks }));
  const bare = [...lead, ...block.items].find(
    ({ text, marks: own }) => own.length === 0 && text !== unwritten,
  );
  if (bare)
    throw new ArticleFault(`section at line ${line}: no source after "${bare.text.slice(0, 60)}"`);
  return { lead, items: block.items };
}

function firstLineOf(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';
}
