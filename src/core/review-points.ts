/** The fifteen review points (screening design, part x), in order: each is ticked, or answered with a reason. */
export const reviewPoints = [
  'Every danger flag has been dealt with, and the summary says how.',
  'Earlier reports were searched for, and so were other victims linked to this one or to the suspect.',
  'It is recorded as stalking, or the reason why not is written down.',
  'Both ways of describing the effect were asked: fear that violence will be used, and serious alarm or distress that changes daily life.',
  'Each indicator that was described has an action beside it.',
  'A stalking protection order was considered, an interim one too, and the reason for the outcome is recorded.',
  'The cyber flag is set where phones, accounts or devices are involved.',
  'A specialist stalking service was offered, and what was agreed has been done.',
  'The person has a date for the next update and the name of who will give it.',
  'The six-month date and the dates on which orders or bail end were checked.',
  'A counter-report is handled separately and changes nothing in how this report is treated.',
  'The words were checked: nothing blames, doubts or makes light of the person who reported.',
  'Nothing that leaves the police holds the victim’s details.',
  'Each answer that is absent is planned for the next safe contact.',
  'An officer who is new to this work has had support with it.',
] as const;
