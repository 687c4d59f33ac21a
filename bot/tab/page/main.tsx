import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { guardKept } from './kept.js';
import './page.css';
import { signInThrough } from './sign-in.js';
import { findPlace } from './teams.js';

/** Puts the page up once it is known whether Teams is around it. */
const element = document.getElementById('page');
if (!element) throw new Error('putting the page up: its element is missing');
guardKept();
const root = createRoot(element);
void findPlace().then((place) => {
  if (place.askTeams) signInThrough(place.askTeams);
  root.render(<App place={place} />);
});
