import { describe, expect, it } from 'vitest';
import { views, viewsFor } from '../../../bot/tab/page/views.js';
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
