import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import type { LineKey } from '../../../src/core/review.js';
import type { ReviewDetail, ReviewLine } from '../../../src/core/review-detail.js';
import { type LineSection, nameOfLine, saysWhatNotToUse } from './line-sources.js';
import { Keyed, Mark, Spoken } from './parts.js';
import { ChangedMark } from './since.js';
import { useEnglishLang, useWords } from './words/language.js';

/** What can be done with a line by keyboard, while one has the focus: letters elsewhere stay letters. */
export type LineKeys = {
  readonly check: (line: ReviewLine) => void;
  readonly open: (line: ReviewLine) => void;
  readonly edit: (line: ReviewLine) => void;
  readonly ask: (line: ReviewLine) => void;
};

/** The lines by section. The one with the focus is the one whose evidence is shown. */
export function LineList(given: {
  readonly sections: readonly LineSection[];
  readonly current: LineKey | undefined;
  readonly asked: readonly LineKey[];
  /** Named in the return that stands, or that this version answers. */
  readonly inQuestion: readonly LineKey[];
  /** What changed since the version decided on. */
  readonly since: ReviewDetail['since'];
  readonly choose: (key: LineKey) => void;
  readonly keys: LineKeys;
  /** Where there is no room for two panes: what stands under the current line. */
  readonly under: (line: ReviewLine) => ReactNode;
}) {
  const { sections, current, asked, inQuestion, since, choose, keys, under } = given;
  const words = useWords();
  const english = useEnglishLang();
  const place = useRef<HTMLDivElement>(null);
  const lines = sections.flatMap((section) => section.lines);
  const press = (event: KeyboardEvent, line: ReviewLine) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = lines.indexOf(line);
    const to = stepOf(event.key, lines, at);
    const act = to === undefined ? actOf(event.key, keys) : undefined;
    if (to === undefined && !act) return;
    event.preventDefault();
    const target = to === undefined ? undefined : lines[to];
    if (target) focusLine(place.current, target.key);
    act?.(line);
  };
  return (
    <div ref={place} className="lines">
      <p className="help" id="line-keys">
        <Keyed words={words.lines.keys} />
      </p>
      {sections.map(({ id, title, isOfScript, lines: own }) => (
        <section key={id} aria-labelledby={`section-${id}`}>
          <h3 id={`section-${id}`} lang={isOfScript ? english : undefined}>
            {title}
          </h3>
          <ol>
            {own.map((line) => (
              <li key={line.key} data-current={line.key === current || undefined}>
                <button
                  type="button"
                  className="line"
                  data-line={line.key}
                  aria-current={line.key === current ? 'true' : undefined}
                  aria-describedby="line-keys"
                  onFocus={() => choose(line.key)}
                  onClick={() => choose(line.key)}
                  onKeyDown={(event) => press(event, line)}
                >
                  <LineFace
                    line={line}
                    isAsked={asked.includes(line.key)}
                    isInQuestion={inQuestion.includes(line.key)}
                    since={since}
                  />
                </button>
                {line.key === current && under(line)}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function LineFace({
  line,
  isAsked,
  isInQuestion,
  since,
}: {
  readonly line: ReviewLine;
  readonly isAsked: boolean;
  readonly isInQuestion: boolean;
  readonly since: ReviewDetail['since'];
}) {
  const words = useWords();
  const english = useEnglishLang();
  const { statuses } = words.core;
  const { marks } = words.lines;
  const isEdited = line.text !== line.drafted;
  return (
    <>
      <span className="code">{nameOfLine(line.key, words)}</span>
      <span className="words">
        <span className="text" lang={english}>
          {line.text}
          <Spoken> </Spoken>
        </span>
        <span className="marks">
          {line.status && (
            <Mark kind={line.status === 'answered' ? 'quiet' : 'absent'}>
              {statuses[line.status]}
            </Mark>
          )}
          {line.checkedBy && <Mark kind="done">✓ {marks.checked}</Mark>}
          {isEdited && <Mark kind="plain">{marks.changed}</Mark>}
          {line.findings.length > 0 && <Mark kind="strong">{marks.toReconsider}</Mark>}
          {saysWhatNotToUse(line) && <Mark kind="strong">{marks.unsafe}</Mark>}
          {since && <ChangedMark since={since} line={line.key} />}
          {isInQuestion && <Mark kind="strong">{marks.inQuestion}</Mark>}
          {isAsked && <Mark kind="plain">{marks.named}</Mark>}
        </span>
      </span>
    </>
  );
}

function stepOf(key: string, lines: readonly ReviewLine[], at: number): number | undefined {
  if (key === 'j' || key === 'ArrowDown') return Math.min(at + 1, lines.length - 1);
  if (key === 'k' || key === 'ArrowUp') return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return lines.length - 1;
  return key === 'n' ? nextUnchecked(lines, at) : undefined;
}

/** The next line nobody has checked, from the top again after the last; the same place when all are checked. */
export function nextUnchecked(lines: readonly ReviewLine[], at: number): number {
  const order = lines.map((_, step) => (at + 1 + step) % lines.length);
  return order.find((place) => !lines[place]?.checkedBy) ?? at;
}

function actOf(key: string, keys: LineKeys): ((line: ReviewLine) => void) | undefined {
  if (key === 'c') return keys.check;
  if (key === 'Enter' || key === ' ') return keys.open;
  if (key === 'w') return keys.edit;
  return key === 'q' ? keys.ask : undefined;
}

/** Moves the focus to a line, which makes it the current one. */
export function focusLine(
  within: ParentNode | null,
  key: LineKey,
  block: 'nearest' | 'center' = 'nearest',
): void {
  const button = (within ?? document).querySelector<HTMLElement>(
    `[data-line="${CSS.escape(key)}"]`,
  );
  button?.focus({ preventScroll: true });
  button?.scrollIntoView({ block });
}
