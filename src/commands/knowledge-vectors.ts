import { makeOpenAiEmbed } from '../adapters/openai-embeddings.js';
import { writeVectors } from '../adapters/vector-file.js';
import { readConfig } from '../config.js';
import type { Knowledge } from '../core/knowledge.js';

/** Embeds the published passages that are new or were changed, with the model of the EMBEDDINGS_ settings. */
export async function vectors(knowledge: Knowledge): Promise<number> {
  const { embeddings } = readConfig(process.env);
  if (!embeddings) {
    process.stderr.write('Set EMBEDDINGS_MODEL, EMBEDDINGS_FILE and EMBEDDINGS_KEY first.\n');
    return 2;
  }
  const published = [...knowledge.passages.values()].filter(({ status }) => status === 'published');
  const { file, model } = embeddings;
  let why: unknown;
  const embed = makeOpenAiEmbed(embeddings, (error) => {
    why = error;
  });
  const outcome = await writeVectors(file, model, published, embed);
  if (outcome.kind === 'unavailable') {
    const reason = why instanceof Error ? why.message : 'no reason given';
    process.stderr.write(`The model gave no vectors (${reason}); ${file} is as it was.\n`);
    return 1;
  }
  process.stdout.write(
    `${outcome.embedded} of ${published.length} passages embedded by ${model}, all kept in ${file}.\n`,
  );
  return 0;
}
