import { useCallback, useRef, useState } from 'react';
import type {
  Difference,
  ReviewDetail,
  ReviewMove,
  ReviewPoint,
  WordingFinding,
} from '../../../src/core/review-detail.js';
import { useAnnounce } from './announce.js';
import { postTo } from './api.js';

/** What somebody does to a review, sent one after the other, each with the number of events they had seen. */

export type Refusal = {
  readonly kind: string;
  readonly message: string;
  readonly findings: readonly WordingFinding[];
  readonly differences: readonly Difference[];
  readonly points: readonly (ReviewPoint | number)[];
};

export type Sent =
  | { readonly kind: 'saved' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export type SendAct = (act: ReviewMove['act'], done: string, isSure?: boolean) => Promise<Sent>;

type Saved = { readonly detail: ReviewDetail; readonly warnings?: readonly WordingFinding[] };
type RefusedBody = Partial<Pick<Refusal, 'findings' | 'differences' | 'points'>> & {
  readonly detail?: ReviewDetail;
};

/** `reload` is called when the review is not theirs any more. */
export function useActs(
  detail: ReviewDetail,
  put: (detail: ReviewDetail) => void,
  reload: () => void,
) {
  const announce = useAnnounce();
  const [pending, setPending] = useState(0);
  /** Stands beside the decision of whoever was faster: the form it was meant for is gone by then. */
  const [overtaken, setOvertaken] = useState<Refusal>();
  const seen = useRef(detail.seen);
  seen.current = detail.seen;
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const id = detail.id;
  const send: SendAct = useCallback(
    (act, done, isSure) => {
      const sendNow = async (): Promise<Sent> => {
        const move: ReviewMove = { seen: seen.current, act, ...(isSure ? { isSure } : {}) };
        const answer = await postTo<Saved>(`reviews/${encodeURIComponent(id)}/acts`, move);
        if (answer.kind === 'answered') {
          seen.current = answer.value.detail.seen;
          put(answer.value.detail);
          announce(done);
          return { kind: 'saved' };
        }
        const { kind, message } = answer.failure;
        const body = (answer.failure.body ?? {}) as RefusedBody;
        if (body.detail) {
          seen.current = body.detail.seen;
          put(body.detail);
        }
        const { findings = [], differences = [], points = [] } = body;
        const refusal = { kind, message, findings, differences, points };
        if (kind === 'already-decided') setOvertaken(refusal);
        if (kind === 'not-found') reload();
        return { kind: 'refused', refusal };
      };
      const mine = last.current.then(sendNow);
      last.current = mine;
      setPending((n) => n + 1);
      void mine.finally(() => setPending((n) => n - 1));
      return mine;
    },
    [id, put, reload, announce],
  );
  return { send, isSending: pending > 0, overtaken };
}
