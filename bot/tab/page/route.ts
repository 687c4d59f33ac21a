import { useSyncExternalStore } from 'react';

/** Where on the page somebody is, kept in the address after `#`, so that a link to one review can be sent. */
export type Route =
  | { readonly view: 'queue'; readonly query: URLSearchParams }
  | { readonly view: 'review'; readonly id: string }
  | { readonly view: 'history' | 'conflicts'; readonly id: string }
  | { readonly view: 'shared' | 'commitments' | 'overview' | 'due' | 'curation' | 'audit' };

/** The route an address names; whatever is not known is the queue. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?');
  const [first, id, part] = path.split('/').map(decodeSafely);
  if (first === 'reviews' && id) {
    const view = (['history', 'conflicts'] as const).find((one) => one === part) ?? 'review';
    return { view, id };
  }
  const plain = (['shared', 'commitments', 'overview', 'due', 'curation', 'audit'] as const).find(
    (view) => view === first,
  );
  if (plain) return { view: plain };
  return { view: 'queue', query: new URLSearchParams(search) };
}

function decodeSafely(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

export const sharedAddress = '#/shared';

export function reviewAddress(id: string): string {
  return `#/reviews/${encodeURIComponent(id)}`;
}

export function historyAddress(id: string): string {
  return `${reviewAddress(id)}/history`;
}

export function conflictsAddress(id: string): string {
  return `${reviewAddress(id)}/conflicts`;
}

export function queueAddress(query: URLSearchParams): string {
  const search = query.toString();
  return search ? `#/queue?${search}` : '#/queue';
}

/** The address after `#`, followed as it changes. */
export function useHash(): string {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener('hashchange', changed);
      return () => window.removeEventListener('hashchange', changed);
    },
    () => window.location.hash,
  );
}
