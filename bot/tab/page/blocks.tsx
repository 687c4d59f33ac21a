import type { ReactNode } from 'react';
import { useWords } from './words/language.js';

/** The parts of a long view, and the way to each of them. */

/** Links to the parts that are there, by id, title and whether it is. */
export function Jumps({
  parts,
}: {
  readonly parts: readonly (readonly [id: string, title: string, isThere: boolean])[];
}) {
  const { frame } = useWords();
  return (
    <nav aria-label={frame.onThisPage} className="jumps">
      <ul>
        {parts.map(
          ([id, title, isThere]) =>
            isThere && (
              <li key={id}>
                <button type="button" className="plain" onClick={() => jumpTo(id)}>
                  {title}
                </button>
              </li>
            ),
        )}
      </ul>
    </nav>
  );
}

/** A part of a view under its heading. */
export function Block(given: {
  readonly id: string;
  readonly title: string;
  /** Of a title that is not in the language of the page. */
  readonly titleLang?: 'en' | undefined;
  readonly children: ReactNode;
}) {
  const { id, title, titleLang, children } = given;
  return (
    <section aria-labelledby={`head-${id}`} className="block">
      <h2 id={`head-${id}`} tabIndex={-1} lang={titleLang}>
        {title}
      </h2>
      {children}
    </section>
  );
}

function jumpTo(id: string): void {
  const heading = document.getElementById(`head-${id}`);
  heading?.focus();
  heading?.scrollIntoView({ block: 'start' });
}
