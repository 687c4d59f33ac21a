import { Button, Field, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import { sayTime } from '../../../src/core/days.js';
import type { ReviewDetail, ReviewPoint } from '../../../src/core/review-detail.js';
import type { Refusal, SendAct } from './acts.js';
import { useKept } from './kept.js';
import { PageForm } from './parts.js';
import { RefusalBox } from './refusal.js';

type Choice = 'yes' | 'no' | 'not-applicable';

const choiceWords: Readonly<Record<Choice, string>> = {
  yes: 'Yes',
  no: 'No',
  'not-applicable': 'Not applicable',
};
const choices = ['yes', 'no', 'not-applicable'] as const;

/** The fifteen points, each answered yes or with a reason. */
export function Points({
  detail,
  send,
}: {
  readonly detail: ReviewDetail;
  readonly send: SendAct;
}) {
  const answered = detail.points.filter(({ answer }) => answer !== undefined).length;
  return (
    <>
      <p className="quiet">
        {answered} of {detail.points.length} answered. Anything but yes needs a reason.
      </p>
      <ol className="points">
        {detail.points.map((point) => (
          <li key={point.number}>
            <Point detail={detail} point={point} send={send} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Point(given: {
  readonly detail: ReviewDetail;
  readonly point: ReviewPoint;
  readonly send: SendAct;
}) {
  const { detail, point, send } = given;
  const { number, text, answer, reason, by, at } = point;
  const [draft, keep, clear] = useKept<{ readonly choice: Choice; readonly reason: string } | null>(
    `point ${detail.id} ${number}`,
    null,
  );
  const [refusal, setRefusal] = useState<Refusal>();
  const [isMissing, setMissing] = useState(false);
  const save = async (choice: Choice, words: string, isSure = false) => {
    if (choice !== 'yes' && words.trim() === '') return setMissing(true);
    setMissing(false);
    const why = choice === 'yes' ? {} : { reason: words.trim() };
    const sent = await send(
      { kind: 'point-answered', point: number, answer: choice, ...why },
      `Point ${number}: ${choiceWords[choice]}.`,
      isSure,
    );
    if (sent.kind === 'refused') return setRefusal(sent.refusal);
    setRefusal(undefined);
    clear();
  };
  const pick = (choice: Choice) => {
    if (choice === 'yes') return void save('yes', '');
    keep({ choice, reason: draft?.reason ?? reason ?? '' });
  };
  return (
    <>
      <div className="point">
        <span id={`point-${number}`}>{text}</span>
        {detail.may.point ? (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand beside its buttons
          <span role="group" aria-labelledby={`point-${number}`} className="choices">
            {choices.map((choice) => (
              <Button
                key={choice}
                size="small"
                aria-pressed={(draft?.choice ?? answer) === choice}
                appearance={(draft?.choice ?? answer) === choice ? 'primary' : 'secondary'}
                onClick={() => pick(choice)}
              >
                {(draft?.choice ?? answer) === choice && '✓ '}
                {choiceWords[choice]}
              </Button>
            ))}
          </span>
        ) : (
          <strong>{answer ? choiceWords[answer] : 'Open'}</strong>
        )}
      </div>
      {answer && !draft && (
        <p className="quiet">
          {choiceWords[answer]}
          {reason && `: ${reason}`}. {by && (detail.names[by] ?? 'a user not named here')}
          {at && `, ${sayTime(at)}`}
        </p>
      )}
      {draft && (
        <PageForm
          name={`Reason for point ${number}`}
          onSubmit={() => void save(draft.choice, draft.reason)}
        >
          <Field
            label={`Reason for “${choiceWords[draft.choice]}”`}
            required
            validationMessage={isMissing ? 'Give the reason.' : null}
          >
            <Textarea
              autoFocus
              rows={2}
              maxLength={4_000}
              value={draft.reason}
              onChange={(_, { value }) => keep({ ...draft, reason: value })}
            />
          </Field>
          <p className="buttons">
            <Button type="submit" appearance="primary">
              Save the reason
            </Button>
            <Button onClick={clear}>Cancel</Button>
          </p>
        </PageForm>
      )}
      {refusal && (
        <RefusalBox
          refusal={refusal}
          points={detail.points}
          insist={draft ? () => void save(draft.choice, draft.reason, true) : undefined}
        />
      )}
    </>
  );
}
