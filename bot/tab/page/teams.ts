import type { AskTeams } from './sign-in.js';

/**
 * Where the page stands: in a browser of its own, or framed by Teams. The Teams library is fetched only inside a frame,
 * and a frame that stays silent (any other site's) leaves the page in browser mode.
 */

export type PageTheme = 'light' | 'dark' | 'contrast';

export type Place = {
  readonly theme: PageTheme;
  /** Languages as tags ("cy-GB"), wanted most first: Teams' own inside it, else the browser's. */
  readonly locales: readonly string[];
  /** The review that a deep link named, if any. */
  readonly subPage: string | undefined;
  readonly onTheme: (changed: (theme: PageTheme) => void) => void;
  /** Tells Teams that there is something to see, so that it takes its own spinner away. */
  readonly ready: () => void;
  /** Gets a token for whoever is signed in to Teams; undefined outside Teams. */
  readonly askTeams: AskTeams | undefined;
};

/** Teams answers within a fraction of a second; longer than this is no Teams. */
const answerMs = 3_000;

/** Returns the place once it is known: at once outside a frame, else when Teams has answered or has not in time. */
export async function findPlace(): Promise<Place> {
  if (window.parent === window.self && !('nativeInterface' in window)) return browserPlace();
  const { app, authentication } = await import('@microsoft/teams-js');
  const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), answerMs));
  try {
    const first = await Promise.race([app.initialize(), late]);
    if (first === 'late') return browserPlace();
    app.notifyAppLoaded();
    const { app: host, page } = await app.getContext();
    return {
      theme: themeOf(host.theme),
      locales: host.locale ? [host.locale] : navigator.languages,
      subPage: page.subPageId || undefined,
      onTheme: (changed) => app.registerOnThemeChangeHandler((name) => changed(themeOf(name))),
      ready: () => app.notifySuccess(),
      askTeams: (wanted) => authentication.getAuthToken(wanted),
    };
  } catch {
    return browserPlace();
  }
}

function themeOf(name: string | undefined): PageTheme {
  return name === 'dark' || name === 'contrast' ? name : 'light';
}

/** The system's own choice; forced colours (Windows' contrast themes) are left to the browser. */
function browserPlace(): Place {
  const wantsDark = window.matchMedia('(prefers-color-scheme: dark)');
  const wantsContrast = window.matchMedia('(prefers-contrast: more)');
  const wanted = () => (wantsContrast.matches ? 'contrast' : wantsDark.matches ? 'dark' : 'light');
  return {
    theme: wanted(),
    locales: navigator.languages,
    subPage: undefined,
    onTheme: (changed) => {
      for (const query of [wantsDark, wantsContrast])
        query.addEventListener('change', () => changed(wanted()));
    },
    ready: () => undefined,
    askTeams: undefined,
  };
}
