import { Button, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { Difference, ReviewPoint, WordingFinding } from '../../../src/core/review-detail.js';
import { differencePhrases } from '../../../src/core/review-phrases.js';
import type { Refusal } from './acts.js';
import { Cites } from './cites.js';
import { nameOfLine } from './line-sources.js';

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
  const { message, findings, differences } = refusal;
  const open = refusal.points.map((point) =>
    typeof point === 'number' ? points.find(({ number }) => number === point) : point,
  );
  const mayInsist = findings.length > 0 && findings.every(({ level }) => level === 'warn');
  return (
    <MessageBar intent="warning" layout="multiline" role="alert" className="refusal">
      <MessageBarBody>
        <MessageBarTitle>Not saved.</MessageBarTitle> {message}
        <Findings findings={findings} />
        <Differences differences={differences} />
        {open.length > 0 && (
          <ul>
            {open.map(
              (point) => point && <li key={point.number}>{`${point.number}. ${point.text}`}</li>,
            )}
          </ul>
        )}
        {mayInsist && insist && (
          <p>
            <Button onClick={insist}>I have read this: save the words as they are</Button>
          </p>
        )}
      </MessageBarBody>
    </MessageBar>
  );
}

/** Words found, why they matter, on what that rests, and what to write in their place. */
export function Findings({ findings }: { readonly findings: readonly WordingFinding[] }) {
  if (findings.length === 0) return null;
  return (
    <ul className="findings">
      {findings.map((finding) => (
        <li key={`${finding.phrase} ${finding.reason}`}>
          <p>
            <strong>{finding.level === 'block' ? 'Cannot be saved' : 'Please reconsider'}:</strong>{' '}
            <q>{finding.phrase}</q>. {finding.reason}
          </p>
          <p>
            <strong>Better:</strong> {finding.better}
          </p>
          <Cites cites={finding.cites} />
        </li>
      ))}
    </ul>
  );
}

/** Each place in which two texts differ, both of them in full. */
export function Differences({ differences }: { readonly differences: readonly Difference[] }) {
  if (differences.length === 0) return null;
  return (
    <ul className="differences">
      {differences.map(({ part, line, before, after }) => (
        <li key={`${part} ${line} ${before} ${after}`}>
          <strong>
            {differencePhrases[part]}
            {line && ` ${nameOfLine(line)}`}
          </strong>
          <dl>
            <dt>Was</dt>
            <dd>{before === undefined ? 'not there' : <del>{before}</del>}</dd>
            <dt>Is now</dt>
            <dd>{after === undefined ? 'gone' : <ins>{after}</ins>}</dd>
          </dl>
        </li>
      ))}
    </ul>
  );
}
