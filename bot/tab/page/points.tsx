import { Button, Field, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import type { ReviewDetail, ReviewPoint } from '../../../src/core/review-detail.js';
import type { Refusal, SendAct } from './acts.js';
import { useKept } from './kept.js';
import { PageForm } from './parts.js';
import { RefusalBox } from './refusal.js';
import { useEnglishLang, useWords } from './words/language.js';
import { sayPoint } from './words/locales.js';

type Choice = 'yes' | 'no' | 'not-applicable';

const choices = ['yes', 'no', 'not-applicable'] as const;

/** The fifteen points, each answered yes or with a reason. */
export function Points({
  detail,
  send,
}: {
  readonly detail: ReviewDetail;
  readonly send: SendAct;
}) {
  const { review } = useWords();
  const answered = detail.points.filter(({ answer }) => answer !== undefined).length;
  return (
    <>
      <p className="quiet">{review.pointsAnswered(answered, detail.points.length)}</p>
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
  const words = useWords();
  const { frame, dates, review } = words;
  const english = useEnglishLang();
  const { number, answer, reason, by, at } = point;
  const { said, isServers } = sayPoint(words, point);
  const [draft, keep, clear] = useKept<{ readonly choice: Choice; readonly reason: string } | null>(
    `point ${detail.id} ${number}`,
    null,
  );
  const [refusal, setRefusal] = useState<Refusal>();
  const [isMissing, setMissing] = useState(false);
  const save = async (choice: Choice, typed: string, isSure = false) => {
    if (choice !== 'yes' && typed.trim() === '') return setMissing(true);
    setMissing(false);
    const why = choice === 'yes' ? {} : { reason: typed.trim() };
    const sent = await send(
      { kind: 'point-answered', point: number, answer: choice, ...why },
      review.pointSaved(number, review.answers[choice]),
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
        <span id={`point-${number}`} lang={isServers ? english : undefined}>
          {said}
        </span>
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
                {review.answers[choice]}
              </Button>
            ))}
          </span>
        ) : (
          <strong>{answer ? review.answers[answer] : review.openPoint}</strong>
        )}
      </div>
      {answer && !draft && (
        <p className="quiet">
          {review.answers[answer]}
          {reason && (
            <>
              : <span lang={english}>{reason}</span>
            </>
          )}
          . {by && (detail.names[by] ?? frame.unnamed)}
          {at && `, ${dates.time(at)}`}
        </p>
      )}
      {draft && (
        <PageForm
          name={review.reasonForPoint(number)}
          onSubmit={() => void save(draft.choice, draft.reason)}
        >
          <Field
            label={review.reasonFor(review.answers[draft.choice])}
            required
            validationMessage={isMissing ? review.giveReason : null}
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
              {review.saveReason}
            </Button>
            <Button onClick={clear}>{frame.cancel}</Button>
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
