import { expect, it } from 'vitest';
import { checkEstate } from '../../../support/estate-runs.js';

it('a week of a small estate is judged as from all facts at once, and every green sentence is true', async () => {
  const estate = { seed: 2, timezone: 'Europe/Berlin', firstDate: '2026-10-21', days: 8, singles: 6 };
  const checked = await checkEstate({ ...estate, skipped: [3] });
  expect(checked).toEqual({ differences: [], untrue: [], statusReasons: [] });
});
