import type { ReviewId, UserId } from './ids.js';
import type { ReviewEvent } from './review.js';
import type { ReviewPosition } from './review-position.js';

/** Which message is sent. */
export type ReviewNoticeKind = 'returned' | 'approved' | 'handed' | 'submitted-again';

export type ReviewNotice = {
  readonly kind: ReviewNoticeKind;
  readonly to: UserId;
  readonly about: ReviewId;
  readonly dueAt: string;
  readonly key: string;
};

/**
 * Returns who is to be told of an event, `position` being the one after it: the author of a decision, a supervisor of
 * what was handed to them or sent again after a return. Nobody is told of what they did themselves.
 */
export function noticesOfEvent(
  about: ReviewId,
  { seq, at, by, act }: ReviewEvent,
  { version, versions, handedTo, returns }: ReviewPosition,
): readonly ReviewNotice[] {
  const tell = (kind: ReviewNoticeKind, to: UserId | undefined): readonly ReviewNotice[] =>
    to === undefined || to === by
      ? []
      : [{ kind, to, about, dueAt: at, key: `${about} v${version} ${kind} ${seq}` }];
  switch (act.kind) {
    case 'returned':
    case 'approved':
      return tell(act.kind, versions.at(-1)?.by);
    case 'handed':
      return tell('handed', act.to);
    case 'submitted': {
      const answered = returns.at(-1);
      const isAnswer = answered?.version === version - 1;
      return isAnswer ? tell('submitted-again', handedTo ?? answered.by) : [];
    }
    default:
      return [];
  }
}
