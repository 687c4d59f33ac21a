import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Loaded } from './api.js';
import { useWords } from './words/language.js';

/** Small parts that several views share. */

let hasOpened = false;

/**
 * The heading of a view. It takes the focus when the view opens, so that a screen reader begins there; not at the very
 * first, when the browser itself begins at the top.
 */
export function Title({ children, name }: { readonly children: ReactNode; readonly name: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { frame } = useWords();
  useEffect(() => {
    document.title = frame.window(name);
  }, [frame, name]);
  useEffect(() => {
    if (hasOpened) heading.current?.focus({ preventScroll: true });
    if (hasOpened) window.scrollTo(0, 0);
    hasOpened = true;
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}

/** A failure in a sentence, read out at once. */
export function Problem({
  words,
  retry,
}: {
  readonly words: string;
  readonly retry?: (() => void) | undefined;
}) {
  const { frame } = useWords();
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>{words}</MessageBarBody>
      {retry && (
        <MessageBarActions>
          <Button size="small" onClick={retry}>
            {frame.tryAgain}
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}

/** What stands in a view's place until its content has arrived; beside kept content, only the failure. */
export function LoadState<Value>({ loaded }: { readonly loaded: Loaded<Value> }) {
  const { frame } = useWords();
  if (loaded.failure) return <Problem words={loaded.failure.message} retry={loaded.reload} />;
  return loaded.value === undefined ? <p className="quiet">{frame.loading}</p> : null;
}

/** A short word about something, told apart by its border and never by colour alone. */
export function Mark({ children, kind }: { readonly children: ReactNode; readonly kind?: string }) {
  return (
    <span className="mark" data-kind={kind}>
      {children}
    </span>
  );
}

/** Words in which keys stand between backticks. */
export function Keyed({ words }: { readonly words: string }) {
  const parts = words.split('`');
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one fixed sentence keep their places
  return parts.map((part, place) => (place % 2 === 1 ? <kbd key={place}>{part}</kbd> : part));
}

/** Only for screen readers. */
export function Spoken({ children }: { readonly children: ReactNode }) {
  return <span className="spoken">{children}</span>;
}

/** A table of rows, which become blocks where there is no room; each cell names its column in `data-label`. */
export function RowTable({
  caption,
  heads,
  isWordy = false,
  children,
}: {
  /** For screen readers; what stands above the table says it to the others. */
  readonly caption: string;
  readonly heads: readonly string[];
  /** Rows begin with a sentence, not with a reference. */
  readonly isWordy?: boolean;
  /** The rows. */
  readonly children: ReactNode;
}) {
  return (
    <table className={isWordy ? 'rows wordy' : 'rows'}>
      <caption className="spoken">{caption}</caption>
      <thead>
        <tr>
          {heads.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

/** A form by its name, for screen readers. What is wrong with it is said by the page, not in the browser's own bubble. */
export function PageForm({
  name,
  onSubmit,
  children,
}: {
  readonly name: string;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}) {
  return (
    <form
      className="form"
      noValidate
      aria-label={name}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
