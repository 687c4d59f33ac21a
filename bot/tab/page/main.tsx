import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { guardKept } from './kept.js';
import './page.css';
import { signInThrough } from './sign-in.js';
import { findPlace } from './teams.js';
import { beginLanguage } from './words/language.js';

/** Puts the page up once it is known whether Teams is around it. */
const element = document.getElementById('page');
if (!element) throw new Error('putting the page up: its element is missing');
guardKept();
const root = createRoot(element);
void findPlace().then((place) => {
  if (place.askTeams) signInThrough(place.askTeams);
  beginLanguage(place.locales);
  root.render(<App place={place} />);
});
