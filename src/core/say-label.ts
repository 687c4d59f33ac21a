import { sayDay } from './days.js';
import type { Day } from './ids.js';
import type { Count, Label } from './overview.js';
import { fewest, type OverviewWords, overviewWords } from './overview-words.js';
import type { ReturnCode } from './review.js';
import { returnCodePhrases } from './review-phrases.js';

/** What the rows of the overview say, in the words of one language. */
export type LabelWords = {
  readonly overview: OverviewWords;
  readonly returnCodes: Readonly<Record<ReturnCode, string>>;
  readonly day: (day: Day) => string;
};

export const inEnglish: LabelWords = {
  overview: overviewWords,
  returnCodes: returnCodePhrases,
  day: sayDay,
};

/** What a row counts; `isRecorded` where it stands as it was recorded, in whatever language that was. */
export function sayLabel(
  label: Label,
  { overview, returnCodes, day }: LabelWords,
): { readonly said: string; readonly isRecorded: boolean } {
  const ours = (said: string) => ({ said, isRecorded: false });
  switch (label.kind) {
    case 'week': {
      const week = overview.week(day(label.monday));
      return ours(label.team ? `${sayTeam(label.team, overview)}, ${week}` : week);
    }
    case 'outcome':
      return ours(overview.outcomes[label.of]);
    case 'time':
      return ours(overview.times[label.of]);
    case 'action':
      return ours(overview.actions[label.of]);
    case 'absent':
      return ours(overview.absent[label.of]);
    case 'return':
      return ours(returnCodes[label.of]);
    case 'no-topic':
      return ours(overview.noTopic);
    case 'recorded':
      return { said: label.words, isRecorded: true };
    default:
      return label satisfies never;
  }
}

/** A team by its name, or that none was named. */
export function sayTeam(team: string, { noTeam }: OverviewWords): string {
  return team === overviewWords.noTeam ? noTeam : team;
}

/** "12", "fewer than 5". */
export function sayCount({ count }: Pick<Count, 'count'>, { overview }: LabelWords): string {
  return count === null ? overview.fewerThan(fewest) : String(count);
}
