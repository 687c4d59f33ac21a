/** What no text of the engine may hold (screening design, section C), with an example of each. */
export const forbidden: readonly (readonly [RegExp, string])[] = [
  [/\b(?:very )?(?:high|medium|standard|low|moderate)[- ]risk\b/i, 'This is high risk.'],
  [/\brisk (?:level|score|grade|rating)\s*(?:is|:|of)/i, 'Risk level: 2'],
  [/\bscores?d?\b/i, 'A score of nine.'],
  [/\d\s?%|\bper ?cent/i, '80 % of cases'],
  [/\b(?:confirmed|proven)\b/i, 'Stalking confirmed.'],
  [/\b(?:this|it|that) is (?:not )?stalking\b/i, 'This is stalking.'],
  [/\bstalkers?\b/i, 'The stalker came.'],
  [/\b(?:un)?likely\b|\bprobabl[ey]\b/i, 'They are likely to return.'],
  [/\bfalse (?:report|allegation)/i, 'A false report.'],
  [/\b(?:meets|does not meet|do not meet)\b/i, 'It meets the definition.'],
  [/\b(?:you|caller|victim|person|they) (?:is|are) (?:now )?safe\b/i, 'The caller is safe.'],
  [/\b(?:green|yellow|orange)\b/i, 'Graded green.'],
  [/\b(?:downgrade|no further action|close the (?:case|report))\b/i, 'Close the case.'],
  [/\b(?:just|only) (?:text|message|word)s\b/i, 'Only messages.'],
];

/** Asked of the officer in these words by the College's advice; the engine itself says neither. */
export const officersField = 'Explain why the case does not meet the description of stalking';
