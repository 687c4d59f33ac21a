import { english, type Words } from '../../../src/core/words.js';
import type { ScreeningView } from '../../../src/flows/screening-view.js';
import type { JsonObject } from '../activity.js';
import { card, heading, row } from './card.js';
import { sayProgress } from './screening-card.js';

/**
 * Offers unfinished screenings, and those of returned cases, by case, title, counts and time; never by the words of a
 * reply.
 */
export function unfinishedCard(
  unfinished: readonly ScreeningView[],
  returned: readonly ScreeningView[] = [],
  words: Words = english,
): JsonObject {
  const { phrases, fallbacks } = words;
  return card(
    [
      ...part(phrases.chooseScreening, unfinished, words),
      ...part(phrases.chooseReturned, returned, words),
    ],
    [],
    fallbacks.unfinished,
  );
}

function part(title: string, views: readonly ScreeningView[], words: Words) {
  if (views.length === 0) return [];
  const rows = views.map((view) =>
    row(nameOf(view, words), { verb: 'open', screening: view.screening.id }),
  );
  return [heading(title), ...rows];
}

function nameOf(view: ScreeningView, words: Words): string {
  const { script, screening } = view;
  const lastUsed = screening.events.at(-1)?.at ?? screening.startedAt;
  return `${screening.caseRef} · ${script.title} · ${sayProgress(view, words)} · ${words.screening.lastUsed(words.dates.time(lastUsed))}`;
}
