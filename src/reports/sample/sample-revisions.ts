import type { SampleDocument } from '../sample-document.js';
import { many, named } from './sample-values.js';

/** How a day of the sample was archived and is mailed. */
type Edition = Pick<SampleDocument<never>, 'revision' | 'supersedes' | 'location'>;

/** The first of its day. */
export const firstRevision: Edition = {
  revision: 1,
  supersedes: null,
  location: '/archive/daily/2026/11/19/r1/report.html',
};

/** A revision that changed so much, of which `told` changes are kept. */
export function laterRevision(changes: number, told = changes): Edition {
  return {
    ...firstRevision,
    revision: 2,
    supersedes: {
      revision: 1,
      manifestSha256: '0'.repeat(64),
      reason: 'Late events were read.',
      changes: many(told, (index) => ({
        kind: 'resource' as const,
        subject: named(index).resourceName,
        words: 'MISSED → SUCCEEDED',
      })),
      changesTotal: changes,
    },
  };
}

type Delivery = Pick<SampleDocument<never>, 'link' | 'attached'>;

export const attached: Delivery = { link: null, attached: true };
export const notAttached: Delivery = { link: null, attached: false };

const link = { url: 'https://objectstorage.example.com/p/token/report.xlsx', expiresMs: 1_796_000_000_000 };

export const linked: Delivery = { link, attached: false };
/** A store that gives no addresses. */
export const linkedWithoutAddress: Delivery = {
  link: { ...link, url: 'a store that has no addresses' },
  attached: false,
};
/** Where a report is that has an address. */
export const published = { location: 'https://reports.example.com/report.html' };
