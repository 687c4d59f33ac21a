/**
 * Takes a question that asks several things apart, so that one that is not covered can be named and does not
 * weigh on the others: "How long does an SPO last and how do I claim overtime?" It goes by question marks and by "and"
 * before a question word. A list of things ("name and address") stays whole, and so does a story.
 */

/** In a longer text the sentences tell of a case, and only the last may ask. */
const mostWords = 40;
/** A part of fewer words ("and why?") leans on the rest. */
const leastWords = 3;

const between =
  /[?;]+\s*|[.!]\s+|,?\s+(?:and|plus|also|&)\s+(?:also\s+)?(?=(?:how|what|whats|what’s|what's|who|whos|when|where|wheres|which|why|can|could|do|does|is|are|should|the)\b)/giu;

/** The parts of a question in order, or the question alone. */
export function partsOf(question: string): readonly string[] {
  if (question.split(/\s+/).length > mostWords) return [question];
  const parts = question
    .split(between)
    .map((part) => part.trim())
    .filter(Boolean);
  const isWhole = parts.every((part) => part.split(/\s+/).length >= leastWords);
  return parts.length > 1 && isWhole ? parts : [question];
}

/** Words of a part as they may be said back: no marks that a message would draw, at most eighty characters. */
export function sayBack(part: string): string {
  const words = part.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];
  return words.reduce((said, word) => {
    const longer = said ? `${said} ${word}` : word;
    return longer.length <= 80 ? longer : said;
  }, '');
}
