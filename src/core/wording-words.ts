/** The words around the marks of a check of wording. */

/** A long e-mail. What is longer is refused, not cut: half a check would look like a whole one. */
export const longestChecked = 6_000;

export const wordingPhrases = {
  ask: 'Paste the message or note you want to send. I mark phrases that minimise, blame, doubt or are unsafe, with the reason, the source and better words. The text is not stored.',
  label: 'Message or note for the victim',
  check: 'Check my wording',
  empty:
    'There is nothing to check yet. Type “check my wording:” and paste the message after it. The text is not stored.',
  tooLong: `That is longer than ${longestChecked.toLocaleString('en-GB')} characters, so I did not check it. Please check it in parts. The text was not stored.`,
  nothingToCheck:
    'That holds no more than a greeting, so there is nothing to check. Paste the whole message after “check my wording:”.',
  nothingFound:
    'I found no phrase on our list in this text. That is not a judgement that it is right: I look for known words, not for meaning. Read it once more as the person will read it. The text was not stored.',
  marked: (count: number) =>
    `${count === 1 ? 'One phrase' : `${count} phrases`} in this text could do harm. Only known phrases are looked for, so the rest is not judged. The text was not stored.`,
  instead: 'Better:',
  blocked: 'do not send',
  warned: 'think again',
} as const;
