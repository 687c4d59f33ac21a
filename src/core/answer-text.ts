import type { Answer } from './answer.js';
import { unansweredParts } from './choosing-words.js';
import { passageText, sourcesText } from './shown-text.js';
import { english, type Words } from './words.js';

/** An answer, with what chose it: nothing or an empty list where code did. */
export type Said = Answer & { readonly chosenBy?: readonly unknown[] };

/** Whether a model had a part in choosing what an answer shows. */
export function isByModel({ chosenBy = [] }: Said): boolean {
  return chosenBy.length > 0;
}

/** Whether two answers show a person the same, whoever chose it. */
export function showsTheSame(a: Said, b: Said): boolean {
  const words = (answer: Said) => answerText({ ...answer, chosenBy: [] });
  return a.kind === b.kind && words(a) === words(b);
}

/**
 * An answer as text that reads right on a phone, where Teams renders bold and links but neither lists
 * nor headings: bullets are characters, paragraphs are apart. Guidance stands byte for byte as in its passage.
 */
export function answerText(answer: Said, hasCorrection = false, words: Words = english): string {
  const { answerLead, phrases } = words;
  const isQuoting = answer.shown.length > 0 || answer.more.length > 0;
  const parts = [
    answerLead[answer.kind],
    answer.askedIn === 'welsh' ? phrases.askedInWelsh : isQuoting ? phrases.guidanceLanguage : '',
    hasCorrection ? phrases.correctionFirst : '',
    ...(answer.kind === 'not-covered' ? nearestText(answer, words) : []),
    answer.kind === 'not-covered' && answer.shown.length > 0 ? phrases.whoToAsk : '',
    ...answer.shown.flatMap((passage) => passageText(passage, words)),
    answer.missing.length > 0
      ? phrases.missing(answer.missing.map((part) => `“${partIn(part, words)}”`).join(', '))
      : '',
    answer.leftOpen && answer.leftOpen.length > 0
      ? phrases.leftOpen(answer.leftOpen.map((part) => `“${part}”`).join(', '))
      : '',
    ...(answer.kind === 'not-covered' ? [] : nearestText(answer, words)),
    isByModel(answer) ? phrases.chosenByModel : '',
    ...moreText(answer, words),
    ...sourcesText(answer.citations, words),
  ];
  return parts.filter(Boolean).join('\n\n');
}

/** A part that nothing answers: in these words where it is of our own list, else as the asker named it. */
function partIn(part: string, { unanswered }: Words): string {
  const listed = unansweredParts.find(({ says }) => says === part);
  return listed ? unanswered[listed.id] : part;
}

/** So many are named; what is left of the screen belongs to the answer. */
export const mostMore = 2;

function moreText({ more, differing }: Answer, { phrases }: Words): readonly string[] {
  const list = (title: string, passages: Answer['more']) =>
    passages.length === 0
      ? []
      : [
          [title, ...passages.map(({ passage, heading }) => `• ${heading} (show ${passage})`)].join(
            '\n\n',
          ),
        ];
  return [...list(phrases.differing, differing), ...list(phrases.more, more.slice(0, mostMore))];
}

function nearestText(answer: Answer, { phrases }: Words): readonly string[] {
  if (answer.kind === 'not-covered' || answer.kind === 'withheld') {
    const list = answer.nearest.map(({ heading }) => `• ${heading}`);
    const next = answer.kind === 'not-covered' ? [phrases.notCoveredNext] : [];
    return [...next, ...(list.length > 0 ? [[phrases.nearest, ...list].join('\n\n')] : [])];
  }
  return answer.kind === 'unclear'
    ? [answer.nearest.map(({ heading }) => `• ${heading}`).join('\n\n')]
    : [];
}
