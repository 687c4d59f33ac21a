import { Button, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { Difference, ReviewPoint, WordingFinding } from '../../../src/core/review-detail.js';
import type { Refusal } from './acts.js';
import { Cites } from './cites.js';
import { nameOfLine } from './line-sources.js';
import { useEnglishLang, useWords } from './words/language.js';
import { sayPoint } from './words/locales.js';

/** Why something was not saved, with all there is to act on; what was typed stays in its form. */
export function RefusalBox({
  refusal,
  points,
  insist,
}: {
  readonly refusal: Refusal;
  readonly points: readonly ReviewPoint[];
  /** Saves it all the same, where nothing but warnings stands against it. */
  readonly insist?: (() => void) | undefined;
}) {
  const words = useWords();
  const { review } = words;
  const english = useEnglishLang();
  const { message, findings, differences } = refusal;
  const open = refusal.points.flatMap((point) => {
    const found = typeof point === 'number' ? points.find(({ number }) => number === point) : point;
    return found ? [{ number: found.number, ...sayPoint(words, found) }] : [];
  });
  const mayInsist = findings.length > 0 && findings.every(({ level }) => level === 'warn');
  return (
    <MessageBar intent="warning" layout="multiline" role="alert" className="refusal">
      <MessageBarBody>
        <MessageBarTitle>{review.notSaved}</MessageBarTitle> {message}
        <Findings findings={findings} />
        <Differences differences={differences} />
        {open.length > 0 && (
          <ul>
            {open.map(({ number, said, isServers }) => (
              <li key={number} lang={isServers ? english : undefined}>{`${number}. ${said}`}</li>
            ))}
          </ul>
        )}
        {mayInsist && insist && (
          <p>
            <Button onClick={insist}>{review.insist}</Button>
          </p>
        )}
      </MessageBarBody>
    </MessageBar>
  );
}

/** Words found, why they matter, on what that rests, and what to write in their place. */
export function Findings({ findings }: { readonly findings: readonly WordingFinding[] }) {
  const { review } = useWords();
  const english = useEnglishLang();
  if (findings.length === 0) return null;
  return (
    <ul className="findings">
      {findings.map((finding) => (
        <li key={`${finding.phrase} ${finding.reason}`}>
          <p>
            <strong>{finding.level === 'block' ? review.cannotBeSaved : review.reconsider}</strong>{' '}
            <span lang={english}>
              <q>{finding.phrase}</q>. {finding.reason}
            </span>
          </p>
          <p>
            <strong>{review.better}</strong> <span lang={english}>{finding.better}</span>
          </p>
          <Cites cites={finding.cites} />
        </li>
      ))}
    </ul>
  );
}

/** Each place in which two texts differ, both of them in full. */
export function Differences({ differences }: { readonly differences: readonly Difference[] }) {
  const words = useWords();
  const { core, review } = words;
  const english = useEnglishLang();
  if (differences.length === 0) return null;
  return (
    <ul className="differences">
      {differences.map(({ part, line, before, after }) => (
        <li key={`${part} ${line} ${before} ${after}`}>
          <strong>
            {core.differences[part]}
            {line && ` ${nameOfLine(line, words)}`}
          </strong>
          <dl>
            <dt>{review.was}</dt>
            <dd>{before === undefined ? review.notThere : <del lang={english}>{before}</del>}</dd>
            <dt>{review.isNow}</dt>
            <dd>{after === undefined ? review.isGone : <ins lang={english}>{after}</ins>}</dd>
          </dl>
        </li>
      ))}
    </ul>
  );
}
