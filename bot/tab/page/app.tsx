import {
  createDOMRenderer,
  FluentProvider,
  RendererProvider,
  teamsDarkTheme,
  teamsHighContrastTheme,
  teamsLightTheme,
} from '@fluentui/react-components';
import { useEffect, useMemo, useState } from 'react';
import { Announcer } from './announce.js';
import { useLoad } from './api.js';
import { CommitmentsView } from './commitments.js';
import { ConflictsView } from './conflicts.js';
import { CurationView } from './curation.js';
import { DueView } from './due.js';
import { AuditView, HistoryView } from './history.js';
import { LanguageSwitch } from './language-switch.js';
import { OverviewView } from './overview.js';
import { LoadState } from './parts.js';
import { type Me, PersonSwitcher } from './person.js';
import { QueueView } from './queue.js';
import { ReviewView } from './review.js';
import { parseRoute, type Route, reviewAddress, useHash } from './route.js';
import { SharedListView } from './sharing-list.js';
import { useNeedsSignIn } from './sign-in.js';
import { SignInBar } from './sign-in-bar.js';
import type { PageTheme, Place } from './teams.js';
import { viewsFor } from './views.js';
import { useWords } from './words/language.js';

const themes = {
  light: teamsLightTheme,
  dark: teamsDarkTheme,
  contrast: teamsHighContrastTheme,
} as const;

/** Fluent writes style elements; the page's policy lets them in by the number that the server put into the page. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
const renderer = createDOMRenderer(document, nonce ? { styleElementAttributes: { nonce } } : {});

/** The page: who is here, where they are, and the view of that place. */
export function App({ place }: { readonly place: Place }) {
  const [theme, setTheme] = useState<PageTheme>(place.theme);
  useEffect(() => {
    place.onTheme(setTheme);
    if (place.subPage && !window.location.hash)
      window.location.replace(reviewAddress(place.subPage));
    place.ready();
  }, [place]);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return (
    <RendererProvider renderer={renderer} targetDocument={document}>
      <FluentProvider theme={themes[theme]} className="provider">
        <Announcer>
          <Frame />
        </Announcer>
      </FluentProvider>
    </RendererProvider>
  );
}

function Frame() {
  const { frame } = useWords();
  const me = useLoad<Me>('me');
  const needsSignIn = useNeedsSignIn();
  const hash = useHash();
  const route = useMemo(() => parseRoute(hash), [hash]);
  const person = me.value;
  const home = viewsFor(person?.roles ?? [])[0]?.view;
  const here = 'id' in route ? home : route.view;
  return (
    <>
      {/* biome-ignore lint/a11y/useValidAnchor: a link to the content, which is what it is */}
      <a
        className="skip"
        href="#content"
        onClick={(event) => {
          // The address after # is the route, so the jump is made by hand.
          event.preventDefault();
          document.querySelector<HTMLElement>('main h1, main')?.focus();
        }}
      >
        {frame.skip}
      </a>
      <header className="top">
        <strong className="name">Signpost</strong>
        <nav aria-label={frame.navigation}>
          <ul>
            {viewsFor(person?.roles ?? []).map(({ view, address }) => (
              <li key={view}>
                <a href={address} aria-current={view === here ? 'page' : undefined}>
                  {frame.views[view]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <LanguageSwitch />
        {person && <PersonSwitcher me={person} changed={me.put} />}
        {person?.demoPeople && <p className="local">{frame.localMode}</p>}
      </header>
      <main id="content" tabIndex={-1}>
        <SignInBar done={me.reload} />
        {!needsSignIn && <LoadState loaded={me} />}
        {/* By person: what one of them typed or saw is not left on the page for the next. */}
        {person && <View key={person.id} me={person} route={startOf(person, route)} />}
      </main>
    </>
  );
}

/** Somebody who may not see the queue begins at the first view that is theirs. */
function startOf(me: Me, route: Route): Route {
  const own = viewsFor(me.roles);
  if (route.view !== 'queue' || own.some(({ view }) => view === 'queue')) return route;
  const [first] = own;
  return first && first.view !== 'queue' ? { view: first.view } : route;
}

function View({ me, route }: { readonly me: Me; readonly route: Route }) {
  switch (route.view) {
    case 'queue':
      return <QueueView query={route.query} me={me} />;
    case 'review':
      return <ReviewView key={route.id} id={route.id} me={me} />;
    case 'history':
      return <HistoryView key={route.id} id={route.id} />;
    case 'conflicts':
      return <ConflictsView key={route.id} id={route.id} />;
    case 'shared':
      return <SharedListView />;
    case 'commitments':
      return <CommitmentsView />;
    case 'overview':
      return <OverviewView />;
    case 'due':
      return <DueView />;
    case 'curation':
      return <CurationView me={me} />;
    case 'audit':
      return <AuditView />;
    default:
      return route satisfies never;
  }
}
