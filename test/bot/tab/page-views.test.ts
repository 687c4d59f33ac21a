import { describe, expect, it } from 'vitest';
import { saysWhatNotToUse } from '../../../bot/tab/page/line-sources.js';
import { views, viewsFor } from '../../../bot/tab/page/views.js';
import type { ReviewLine } from '../../../src/core/review-detail.js';
import { reachOf, roleSchema } from '../../../src/core/roles.js';

describe('the views offered on the page', () => {
  it.each(roleSchema.options)(
    'are, for the role %s, those that the table of roles opens',
    (role) => {
      const open = views.filter(({ action }) => reachOf([role], action) !== 'none');
      expect(viewsFor([role])).toEqual(open);
    },
  );
});

describe('the mark “unsafe to pass on”', () => {
  const marked = (text: string, section: ReviewLine['section'] = 'S2') =>
    saysWhatNotToUse({
      ...{ key: 'x FC11', section, drafted: text, text, edits: [], findings: [] },
      isUnsafe: true,
    });

  it('stands where a line of safe contact names what must not be used', () => {
    expect(marked('Safe channel: “text me”; do not use: Phone; Voicemail.')).toBe(true);
    expect(marked('Not to be used: Email.')).toBe(true);
  });

  it('does not stand where nothing was ruled out, or elsewhere', () => {
    for (const none of ['Nothing was ruled out', 'not known', 'declined', 'not asked (distress)'])
      expect(marked(`Safe channel: “text me”; do not use: ${none}.`)).toBe(false);
    expect(marked('Not to be used: Email.', 'S3')).toBe(false);
    expect(marked('Times: after six.')).toBe(false);
  });
});
