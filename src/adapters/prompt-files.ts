import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { Prompt } from '../flows/ports.js';

/** Raised when a prompt cannot be used; the message is one sentence naming file and field. */
export class PromptFault extends Error {}

const name = z.string().regex(/^[a-zA-Z][a-zA-Z0-9]*$/, 'must be one word of letters and digits');

const headSchema = z.strictObject({
  id: z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'must be words joined by hyphens'),
  version: z.int().min(1),
  purpose: z.string().trim().min(10),
  inputs: z.array(name).min(1),
  /** The schema in code, for the reader; which one it is paired with is typed there. */
  output: z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'must be words joined by hyphens'),
});

/** A prompt as its file has it, before it is paired with the shape of its reply. */
export type PromptFile = Omit<Prompt<unknown>, 'schema'> & { readonly output: string };

/** All prompts of a folder by id, or throws PromptFault for the first that cannot be used. */
export async function readPrompts(folder: string): Promise<ReadonlyMap<string, PromptFile>> {
  const names = (await readdir(folder)).filter((file) => file.endsWith('.md')).sort();
  const files = await Promise.all(
    names.map(async (file) => parsePrompt(file, await readFile(path.join(folder, file), 'utf8'))),
  );
  return new Map(files.map((file) => [file.id, file]));
}

/** Reads one file of front matter, `# System` and `# User`; throws PromptFault for what is not of that form. */
export function parsePrompt(file: string, given: string): PromptFile {
  // A checkout may change line ends, which changes no prompt.
  const text = given.replaceAll('\r\n', '\n');
  const match = /^---\n([\s\S]*?)\n---\n\s*# System\n([\s\S]*?)\n# User\n([\s\S]*)$/.exec(text);
  if (!match) throw new PromptFault(`${file} must be front matter, "# System" and "# User".`);
  const [, yaml = '', system = '', template = ''] = match.map((part) => part.trim());
  const head = parseHead(file, yaml);
  if (`${head.id}.md` !== file) {
    throw new PromptFault(`${file}, field id: must be the name of the file, not ${head.id}.`);
  }
  checkWords(file, system, template);
  checkInputs(file, head.inputs, template);
  return { ...head, digest: digestOf(text), system, template };
}

/**
 * The prompt with the schema its replies are read by. Throws PromptFault when there is no such file.
 */
export function promptWith<Output>(
  files: ReadonlyMap<string, PromptFile>,
  id: string,
  schema: z.ZodType<Output>,
): Prompt<Output> {
  const file = files.get(id);
  if (!file) throw new PromptFault(`${id}.md is missing from the folder of prompts.`);
  const { output: _, ...prompt } = file;
  return { ...prompt, schema };
}

function parseHead(file: string, yaml: string) {
  let value: unknown;
  try {
    value = parseYaml(yaml, { maxAliasCount: 0 });
  } catch {
    throw new PromptFault(`${file}: the front matter is not YAML.`);
  }
  const parsed = headSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new PromptFault(`${file}, field ${issue?.path.join('.') || '(all)'}: ${issue?.message}.`);
}

function checkWords(file: string, system: string, template: string): void {
  if (!system || !template) throw new PromptFault(`${file}: a section holds no words.`);
  if (/https?:|www\.|\]\(/.test(system + template)) {
    throw new PromptFault(`${file}: a prompt holds no links.`);
  }
  if (system.includes('{{')) {
    throw new PromptFault(`${file}, section System: inputs go under User.`);
  }
}

function checkInputs(file: string, inputs: readonly string[], template: string): void {
  const placed = [...template.matchAll(/\{\{(.*?)\}\}/g)].map((match) => match[1] ?? '');
  const unknown = placed.find((one) => !inputs.includes(one));
  if (unknown !== undefined) {
    throw new PromptFault(`${file}, section User: {{${unknown}}} is not one of its inputs.`);
  }
  const unused = inputs.find((one) => !placed.includes(one));
  if (unused !== undefined) {
    throw new PromptFault(`${file}, field inputs: ${unused} stands nowhere under User.`);
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
