/**
 * A file of translated texts names the places of the manifest it has words for, as `bots[0].commandLists[0].commands[2].title`.
 * Teams takes a name that leads nowhere without a word, so that a text translated before the manifest changed would
 * be lost, or stand in the wrong place.
 */

/** What is wrong with translated texts, one sentence each: names that lead to no text, and texts left out. */
export function localisationFaults(
  manifest: object,
  texts: Readonly<Record<string, unknown>>,
): readonly string[] {
  const names = Object.keys(texts).filter((name) => name !== '$schema');
  const lost = names.filter((name) => typeof textAt(manifest, name) !== 'string');
  const missing = translatable(manifest).filter((name) => !names.includes(name));
  return [
    ...lost.map((name) => `${name} is no text of the manifest`),
    ...missing.map((name) => `${name} is not translated`),
  ];
}

/** The value at `staticTabs[0].name`; undefined where the path leads nowhere. */
export function textAt(manifest: object, name: string): unknown {
  return name
    .split(/\.|\[|\]\.?/)
    .filter(Boolean)
    .reduce<unknown>(
      (value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key],
      manifest,
    );
}

/** Every text people read, but the words that steer: what Teams puts into a message has to be what the bot reads. */
function translatable(manifest: object): readonly string[] {
  const names = ['name.short', 'name.full', 'description.short', 'description.full'];
  const tabs = listAt(manifest, 'staticTabs').map((_, at) => `staticTabs[${at}].name`);
  const commands = listAt(manifest, 'bots[0].commandLists').flatMap((_, list) => {
    const within = `bots[0].commandLists[${list}].commands`;
    return listAt(manifest, within).flatMap((_, at) => {
      const isPrompt = textAt(manifest, `${within}[${at}].type`) === 'prompt';
      const fields = isPrompt ? ['title', 'description', 'prompt'] : ['description'];
      return fields.map((field) => `${within}[${at}].${field}`);
    });
  });
  return [...names, ...tabs, ...commands];
}

function listAt(manifest: object, name: string): readonly unknown[] {
  const value = textAt(manifest, name);
  return Array.isArray(value) ? value : [];
}
