import type { JsonObject, OutgoingActivity } from '../activity.js';

/**
 * The small part of Adaptive Cards 1.5 that renders alike on desktop and phones. Nothing here relies on
 * colour, on `isEnabled`, or on elements newer than 1.2 but for labels and Action.Execute.
 */
export type Element = JsonObject & { readonly type: string };

/** What a press carries back. Ids are claims, checked again on arrival; nothing here is authority. */
export type PressData = {
  readonly verb: string;
  readonly screening?: string;
  readonly question?: string;
  /** Number of events when the card was drawn. */
  readonly seen?: number;
  readonly words?: string;
  readonly script?: string;
  readonly number?: number;
  readonly reason?: string;
  /** Tells this card from the next of its kind. */
  readonly instance?: string;
};

export function text(words: string, more: JsonObject = {}): Element {
  return { type: 'TextBlock', text: words, wrap: true, ...more };
}

export function heading(words: string): Element {
  return text(words, { style: 'heading', weight: 'Bolder', size: 'Medium' });
}

export function small(words: string): Element {
  return text(words, { isSubtle: true, size: 'Small', spacing: 'Small' });
}

export function box(items: readonly Element[], more: JsonObject = {}): Element {
  return { type: 'Container', items, ...more };
}

/** A button; older clients, and those that know no Execute, send the same data as a Submit. */
export function press(title: string, data: PressData): JsonObject {
  return {
    type: 'Action.Execute',
    title,
    verb: data.verb,
    // Red where clients draw it so; the word alone says as much.
    ...(data.verb === 'danger' ? { style: 'destructive' } : {}),
    data: { signpost: data },
    fallback: { type: 'Action.Submit', title, data: { signpost: data } },
  };
}

/** Shows and hides a part of the card itself; nothing is sent. */
export function toggle(title: string, part: string): JsonObject {
  return { type: 'Action.ToggleVisibility', title, targetElements: [part] };
}

/** A whole row that can be pressed or reached by keyboard: one press, one reply. */
export function row(words: string, data: PressData): Element {
  return box([text(words)], {
    selectAction: press(words, data),
    style: 'emphasis',
    spacing: 'Small',
  });
}

export function card(
  body: readonly Element[],
  actions: readonly JsonObject[],
  fallbackText: string,
): JsonObject {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText,
    body,
    ...(actions.length > 0 ? { actions } : {}),
  };
}

/** A card as a message. `summary` is what feeds and locked screens show: never about a person. */
export function cardMessage(content: JsonObject, summary: string): OutgoingActivity {
  return {
    type: 'message',
    summary,
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
  };
}

/** Words people typed, so that no card renders them as links, bold or lists. */
export function plain(words: string): string {
  return words
    .replace(/[\\*_[\]`]/g, '\\$&')
    .replace(/^(\s*)([-+#>])/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/gm, '$1\\$2');
}
