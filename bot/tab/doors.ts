import type { Request, Response } from 'express';
import type { Review } from '../../src/core/review.js';
import type { Action, Reach, User } from '../../src/core/roles.js';
import type { Access } from './access.js';
import { type Answer, refuse, send } from './answers.js';
import type { Identity } from './identify.js';

/** Who asks is known before a route is entered, and may do what it does; whoever may not is answered here. */

export type Asked = {
  readonly by: User;
  readonly request: Request;
  readonly response: Response;
};
type Route = (request: Request, response: Response) => Promise<void>;

export type Doors = {
  /** For anybody who is signed in. */
  readonly asked: (answer: (asked: Asked) => Promise<Answer | undefined>) => Route;
  /** For whoever may do this with some case, or with none. */
  readonly onList: (
    action: Action,
    answer: (asked: Asked & { readonly reach: Reach }) => Promise<Answer | undefined>,
  ) => Route;
  /** For whoever may do this with the review that `:id` names. */
  readonly onReview: (
    action: Action,
    answer: (asked: Asked & { readonly review: Review }) => Promise<Answer>,
  ) => Route;
};

export function makeDoors(identity: Identity, access: Access): Doors {
  const asked: Doors['asked'] = (answer) => async (request, response) => {
    const asking = await identity.identify(request);
    const given =
      asking.kind === 'known'
        ? await answer({ by: asking.user, request, response })
        : refuse(asking.kind);
    if (given) send(response, given);
  };
  return {
    asked,
    onList: (action, answer) =>
      asked(async (one) => {
        const entry = await access.toList(one.by, action);
        return entry.kind === 'allowed'
          ? answer({ ...one, reach: entry.reach })
          : refuse(entry.kind);
      }),
    onReview: (action, answer) =>
      asked(async (one) => {
        const entry = await access.toReview(one.by, action, String(one.request.params.id));
        return entry.kind === 'allowed'
          ? answer({ ...one, review: entry.review })
          : refuse(entry.kind);
      }),
  };
}
