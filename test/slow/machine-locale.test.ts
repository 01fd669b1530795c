import { expect, it } from 'vitest';
import { eventfulOn, eventfulText } from '../support/eventful-estate.js';

/* A report speaks as its plan says, never as the machine does. */

it.each([
  ['ar_EG.UTF-8', 'Africa/Cairo'],
  ['tr_TR.UTF-8', 'Pacific/Chatham'],
  ['de_DE.UTF-8', 'America/St_Johns'],
])(
  'on a machine of %s in %s the reports are those of a machine without a locale',
  async (locale, timezone) => {
    const first = await eventfulOn('C', 'UTC');
    expect(first).toContain('Richtlinie streng');
    expect(await eventfulOn(locale, timezone)).toBe(first);
    expect(await eventfulText()).toBe(first);
  },
);
