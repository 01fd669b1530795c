import { deliveryReader } from '../../day/delivery/delivery-files.js';
import { mailRoute } from '../../day/delivery/message-key.js';
import type { Check, PlanFacts, RevisionLink } from '../check.js';

/**
 * Whoever was to be told of a day was told, or the ledger says why not: each route that the newest manifest of a day names has
 * an attempt on record, be it that nobody was to be told.
 */
export const checkOwed: Check = {
  name: 'owed deliveries',
  async ofPlan(plan, told, { archive }) {
    for (const { prefix, facts } of newestOfDays(plan)) {
      const routes = facts?.routes ?? [];
      if (routes.length === 0) continue;
      const attempts = await deliveryReader(archive, prefix, () => undefined)();
      for (const route of routes) {
        const isThere = attempts.some(({ claim, record }) =>
          [claim?.route, record && (record.route ?? mailRoute)].includes(route),
        );
        if (!isThere)
          told.find('delivery-missing', prefix, `nothing is on record of ${route}, by which it was owed`);
      }
    }
  },
};

function newestOfDays({ links }: PlanFacts): readonly RevisionLink[] {
  const newest = new Map<string, RevisionLink>();
  for (const link of links) if (link.facts !== null) newest.set(link.date, link);
  return [...newest.values()];
}
