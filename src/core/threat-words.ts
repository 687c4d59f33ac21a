/**
 * Words in what somebody typed that may speak of danger. They only suggest to the user to look again:
 * they raise no flag and refuse nothing (screening-scripts A3), so a false alarm costs one line.
 */
const threats: readonly RegExp[] = [
  /\b(?:kill|murder|stab|shoot|strangl\w*|chok\w*|rape|behead|acid|petrol|set fire|burn (?:the|my|her|his|their))\b/gi,
  /\b(?:knife|knives|gun|shotgun|firearm|machete|hammer|weapon|axe)\b/gi,
  /\b(?:outside (?:now|right now)|at the door|on (?:his|her|their) way|coming (?:now|over|round|here)|breaking in|in the house)\b/gi,
  /\b(?:can'?t go on|end it all|end my life|kill myself|suicid\w*|not want to be here)\b/gi,
];

/** The words found, as typed, each once, in the order they stand. */
export function threatWords(text: string): readonly string[] {
  const straight = text.replace(/[’‘]/g, "'");
  const found = threats.flatMap((pattern) => [...straight.matchAll(pattern)]);
  const inOrder = found.sort((a, b) => a.index - b.index).map((match) => match[0].toLowerCase());
  return [...new Set(inOrder)];
}
