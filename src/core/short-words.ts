/**
 * Words that steer, and keys of a screening, are short. No pattern for them reads more of what was typed than this,
 * their separators included: several patterns that match one after another, or one that may match in many ways, take
 * time that grows with the square of the text, and a text may be as long as Teams lets it be.
 */
export const longestSteering = 200;

/** The whole of a short text in small letters; empty for a longer one, which is somebody's own words. */
export function shortWords(text: string): string {
  const said = text.trim();
  return said.length > longestSteering ? '' : said.toLowerCase();
}

/** What stands behind the beginning that a pattern matches, of any length; undefined where the text begins otherwise. */
export function behind(said: string, beginning: RegExp): string | undefined {
  const begun = beginning.exec(said.slice(0, longestSteering));
  return begun ? said.slice(begun[0].length).trim() : undefined;
}
