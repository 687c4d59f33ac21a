/** The words of the overview: of each chart its title, of each row what is counted in it. */

/** Smaller counts of one team are not shown; the usual threshold of official statistics. */
export const fewest = 5;

export const overviewWords = {
  titles: {
    'by-week': 'Summaries sent, by week',
    'by-team-and-week': 'Summaries sent, by team and week',
    outcomes: 'Stalking identifications, by outcome',
    printed: 'Printed for professional judgement',
    times: 'Time from sending to decision',
    returns: 'Returned, by reason',
    actions: 'Red or amber matters without an action',
    specialist: 'Specialist service offered',
    order: 'Stalking protection order',
    'order-reasons': 'Reasons where no order is applied for',
    uncovered: 'Questions not covered, by nearest topic',
  },
  /** What the numbers of a chart count. */
  units: {
    'by-week': 'summaries',
    'by-team-and-week': 'summaries',
    outcomes: 'screenings',
    printed: 'printed',
    times: 'summaries',
    returns: 'returns',
    actions: 'summaries',
    specialist: 'summaries',
    order: 'summaries',
    'order-reasons': 'reasons',
    uncovered: 'questions',
  },
  week: (day: string) => `week of ${day}`,
  noTeam: 'no team named',
  /** Exactly one of these is printed by a stalking identification; whatever else it prints goes beside it. */
  outcomes: {
    'I-1': 'consistent with a course of conduct, unwanted',
    'I-1b': 'consistent with a course of conduct, not established whether unwanted',
    'I-1c': 'number of occasions not established',
    'I-1d': 'other behaviour than the examples of the Act',
    'I-2': 'one occasion recorded so far',
    'I-3': 'not enough answered to describe a pattern',
    none: 'nothing printed',
    another: 'another',
  },
  times: {
    day: 'within a day',
    'three-days': 'within 3 days',
    'seven-days': 'within 7 days',
    later: 'later',
    undecided: 'not yet decided',
  },
  actions: {
    some: 'some without an action',
    none: 'none without an action',
    unplanned: 'no plan was made',
  },
  /** Why there is no answer, by what is counted in its place; none of them is a no. */
  absent: {
    'not known': 'not known',
    declined: 'declined',
    'not asked': 'not asked',
  },
  noTopic: 'no topic near',
  fewerThan: (number: number) => `fewer than ${number}`,
};

export type ChartId = keyof typeof overviewWords.titles;
export type OverviewWords = typeof overviewWords;
