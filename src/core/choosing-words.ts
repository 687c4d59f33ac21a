/** What may be said of a part of a question that no guidance answers, when a model has chosen; none states anything. */

/** How each is named where the chat speaks English. */
export const unansweredWords = {
  'own-force': 'how your own force does it',
  'this-case': 'what to decide in this case',
  'how-long': 'how long it takes or lasts',
} as const;

/** What a question may ask that the guidance leaves to somebody else; offered only where the question asks it. */
type UnansweredPart = {
  readonly id: keyof typeof unansweredWords;
  readonly says: string;
  /** Must match the question. */
  readonly asked: RegExp;
};

export const unansweredParts: readonly UnansweredPart[] = [
  {
    id: 'own-force',
    says: unansweredWords['own-force'],
    asked:
      /\b(?:our|my|your|which|local) (?:force|policy|team|unit|form|system|station|procedure)/i,
  },
  {
    id: 'this-case',
    says: unansweredWords['this-case'],
    asked: /\b(?:this|my|our) (?:case|victim|suspect|job|report|one)\b|\bshould (?:i|we)\b/i,
  },
  {
    id: 'how-long',
    says: unansweredWords['how-long'],
    asked: /\b(?:how (?:long|soon|quick\w*|fast|late)|deadlines?|time limits?)\b/i,
  },
];

/** True of what is left to somebody else, whatever the guidance holds: the force, or who decides in the case. */
export function isLeftToOthers(says: string): boolean {
  return unansweredParts.some((part) => part.says === says && part.id !== 'how-long');
}
