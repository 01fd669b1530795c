import { expect, it } from 'vitest';
import { checkEstate } from '../support/estate-runs.js';
import { estates } from '../support/estates.js';
import { shareOf } from '../support/share-of.js';

it.each(shareOf('estates', estates))(
  '30 days of estate $seed in $timezone are judged as from all facts at once, and every green sentence is true',
  async (settings) => {
    expect(await checkEstate(settings)).toEqual({ differences: [], untrue: [], statusReasons: [] });
  },
);
