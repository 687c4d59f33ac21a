/**
 * Abbreviations that are another word in small letters: FOUR and SAD are terms of the field in capitals, "four officers"
 * and "he is sad" are not, and a search reads both alike. So capitals are spelled out before anything is searched.
 */
const spelledOut: Readonly<Record<string, string>> = {
  FOUR: 'FOUR mnemonic',
  SAD: 'serious alarm or distress',
};
const inCapitals = /\b(?:FOUR(?!\s+(?:mnemonic|aid)\b)|SAD)\b/g;
/** So many words all in capitals are shouted, not abbreviated. */
const shouted = 5;

/** The question with such abbreviations spelled out; as it stands where all of it is in capitals. */
export function spellOutCapitals(question: string): string {
  const isShouted = !/\p{Ll}/u.test(question) && question.split(/\s+/).length >= shouted;
  // Beside 4A, whose limb it is, it says nothing more, and its words would drown what was asked of 4A.
  const isSaid = (word: string) => word === 'SAD' && /\b(?:s ?)?4A\b/i.test(question);
  const meaning = (word: string) => (isSaid(word) ? '' : (spelledOut[word] ?? word));
  return isShouted ? question : question.replace(inCapitals, meaning);
}
