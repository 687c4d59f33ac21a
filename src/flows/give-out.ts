import { type CopyRoute, copyForPerson, copyRefused } from '../core/copy-for-person.js';
import { dayOf } from '../core/days.js';
import { documentMarkdown } from '../core/document-markdown.js';
import type { ReviewId } from '../core/ids.js';
import type { Review } from '../core/review.js';
import type { ReviewDetail } from '../core/review-detail.js';
import { type DocumentOutline, documentOf } from '../core/review-document.js';
import { replayReview } from '../core/review-position.js';
import type { Action, User } from '../core/roles.js';
import type { Screening } from '../core/screening.js';
import type { TimelineFacts } from '../core/timeline-facts.js';
import { makeAdmit } from './admit.js';
import type { DraftCase } from './draft-case.js';
import type { Audit, Clock, Reviews, Screenings } from './ports.js';
import type { ReviewCase } from './review-case.js';

export const exportFormats = ['docx', 'pdf', 'markdown', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export type GivenFile = {
  readonly kind: 'file';
  readonly bytes: Uint8Array;
  /** As in `application/pdf`. */
  readonly type: string;
  /** Absent: to be shown in the page. */
  readonly name?: string;
};

export type GiveOut = {
  /** The approved summary as a file. Recorded, with its purpose, before anything leaves. */
  readonly exportReview: (
    id: ReviewId,
    user: User,
    wanted: { readonly format: ExportFormat; readonly purpose: string },
  ) => Promise<GivenFile | { readonly kind: 'not-approved' | 'not-allowed' }>;
  /** What the person whom the case is about may keep; refused where it could not safely reach them. */
  readonly copyReview: (
    id: ReviewId,
    user: User,
    wanted: { readonly format: 'docx' | 'pdf'; readonly route: CopyRoute },
  ) => Promise<
    | GivenFile
    | { readonly kind: 'not-allowed' }
    | {
        readonly kind: 'copy-refused';
        readonly reasons: readonly string[];
        readonly message: string;
      }
  >;
  /** The timeline of the version that stands, as a picture. */
  readonly pictureReview: (
    id: ReviewId,
    user: User,
  ) => Promise<GivenFile | { readonly kind: 'not-found' }>;
};

type Parts = {
  readonly reviews: Reviews;
  readonly screenings: Screenings;
  readonly audit: Audit;
  readonly draft: DraftCase;
  readonly openReview: ReviewCase['open'];
  readonly clock: Clock;
  readonly render: (
    outline: DocumentOutline,
    format: 'docx' | 'pdf',
    given: { readonly at: Date; readonly picture?: Buffer },
  ) => Promise<Uint8Array>;
  readonly documentTypes: Readonly<Record<'docx' | 'pdf', string>>;
  readonly drawTimeline: (facts: TimelineFacts) => Promise<Buffer>;
};

/** Gives reviews out as files, each to somebody whose roles allow it, and each recorded. */
export function makeGiveOut(parts: Parts): GiveOut {
  const { screenings, draft, clock, render, documentTypes } = parts;

  const { admit, record } = makeAdmit(parts);

  /** The review and how it is shown, which is recorded as read. */
  const open = async (id: ReviewId, user: User, action: Action) => {
    const review = await admit(id, user, action);
    const detail = review && (await parts.openReview(id, user));
    return review && detail ? { review, detail } : undefined;
  };

  /** The picture of the version that stands: of what was recorded when it was sent, not of what came later. */
  const pictureOf = async (review: Review): Promise<Buffer | undefined> => {
    const { summary, versions } = replayReview(review.events);
    const sentAt = versions.at(-1)?.submittedAt ?? '';
    const all = (await screenings.listCase(review.caseId)).flatMap((one) => upTo(one, sentAt));
    if (!summary.timeline || all.length === 0) return undefined;
    const { timeline } = await draft(all, summary.on, []);
    return timeline && parts.drawTimeline(timeline);
  };

  const rendered = async (
    outline: DocumentOutline,
    format: 'docx' | 'pdf',
    name: string,
    picture?: Buffer,
  ): Promise<GivenFile> => {
    const given = { at: clock(), ...(picture ? { picture } : {}) };
    const bytes = await render(outline, format, given);
    return { kind: 'file', bytes, type: documentTypes[format], name: `${name}.${format}` };
  };

  return {
    exportReview: async (id, user, { format, purpose }) => {
      const admitted = await open(id, user, 'export-review');
      if (!admitted) return { kind: 'not-allowed' };
      const { review, detail } = admitted;
      const outline = documentOf(detail);
      if (!outline) return { kind: 'not-approved' };
      const name = `${detail.caseRef}-v${detail.version}`;
      await record(user, 'exported', review, { format, purpose, version: detail.version });
      if (format === 'json') return textFile(jsonOf(detail), 'application/json', `${name}.json`);
      if (format === 'markdown')
        return textFile(documentMarkdown(outline), 'text/markdown', `${name}.md`);
      return rendered(outline, format, name, await pictureOf(review));
    },
    copyReview: async (id, user, { format, route }) => {
      const admitted = await open(id, user, 'copy-for-person');
      if (!admitted) return { kind: 'not-allowed' };
      const { review, detail } = admitted;
      const all = await screenings.listCase(review.caseId);
      const { summary: current } = await draft(all, dayOf(clock()), []);
      const copy = copyForPerson(detail, current, route);
      const { version } = detail;
      if (copy.kind === 'refused') {
        const why = copy.reasons.join(' ');
        await record(user, 'copy-refused', review, { format, route, version, why });
        const message = copy.reasons.map((reason) => copyRefused[reason]).join(' ');
        return { kind: 'copy-refused', reasons: copy.reasons, message };
      }
      await record(user, 'copied-for-person', review, { format, route, version });
      return rendered(copy.outline, format, `${detail.caseRef}-copy`);
    },
    pictureReview: async (id, user) => {
      const admitted = await open(id, user, 'read-review');
      // Whoever does not see the timeline in words does not see it drawn.
      const isShown = admitted?.detail.summary.timeline !== undefined;
      const picture = isShown ? await pictureOf(admitted.review) : undefined;
      return picture ? { kind: 'file', bytes: picture, type: 'image/png' } : { kind: 'not-found' };
    },
  };
}

/** A screening as it was then; nothing of one begun later. */
function upTo(screening: Screening, at: string): readonly Screening[] {
  if (screening.startedAt > at) return [];
  return [{ ...screening, events: screening.events.filter((event) => event.at <= at) }];
}

/** What the document says, for other systems: nothing of what this person may do. */
function jsonOf({ may: _, isOwnCase: __, supervisors: ___, ...published }: ReviewDetail): string {
  return `${JSON.stringify({ marking: 'POLICE MATERIAL', ...published }, undefined, 2)}\n`;
}

function textFile(text: string, type: string, name: string): GivenFile {
  return { kind: 'file', bytes: new TextEncoder().encode(text), type, name };
}
