import { sayTime } from '../../../src/core/days.js';
import { phrases } from '../../../src/core/phrases.js';
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
): JsonObject {
  return card(
    [...part(phrases.chooseScreening, unfinished), ...part(phrases.chooseReturned, returned)],
    [],
    'There are several screenings to go on with. Open this in Teams on a newer client to choose one.',
  );
}

function part(title: string, views: readonly ScreeningView[]) {
  if (views.length === 0) return [];
  const rows = views.map((view) =>
    row(nameOf(view), { verb: 'open', screening: view.screening.id }),
  );
  return [heading(title), ...rows];
}

function nameOf(view: ScreeningView): string {
  const { script, screening } = view;
  const lastUsed = screening.events.at(-1)?.at ?? screening.startedAt;
  return `${screening.caseRef} · ${script.title} · ${sayProgress(view)} · last used ${sayTime(lastUsed)}`;
}
