/** What somebody is told who does too much too fast. Nothing they sent meanwhile was taken. */

const emergency = 'In an emergency use your force’s emergency procedure; 999 if you cannot.';

export const limitWords = {
  person: `You are sending faster than I take things, so this was not read and nothing of it was stored. Wait a minute and send it again. What was saved before is safe. ${emergency}`,
  tenant: `I am very busy, so this was not read and nothing of it was stored. Wait a minute and send it again. What was saved before is safe. ${emergency}`,
  codes:
    'Too many codes were tried from your account, so this one was not looked at. Wait a quarter of an hour, ask your colleague for a new code, and type “join” with it.',
} as const;
