import { parseInstant } from '../../../base/instants.js';
import { compareText } from '../../../base/text-order.js';
import type { CountedDay, CountedResource } from './counted-day.js';
import { type PeriodReport, mostChanges } from './period-report.js';

type Told = Pick<PeriodReport, 'waivers' | 'restores' | 'came' | 'left' | 'changes' | 'changesTotal'>;

type Waiver = PeriodReport['waivers'][number];

/** What the reports of a period tell besides verdicts: waivers, restores, changes, and who came and left. */
export interface PeriodStory {
  takeDay(date: string, day: CountedDay): void;
  /** @param start and `from` are the first instant and the first day of the period */
  tell(period: { readonly start: string; readonly from: string }): Told;
}

interface LastSeen {
  readonly resource: CountedResource;
  readonly date: string;
}

export function openStory(): PeriodStory {
  const waivers = new Map<string, Omit<Waiver, 'isInForce'>>();
  const seen = new Map<string, LastSeen>();
  const restores = new Map<string, string>();
  const changes: PeriodReport['changes'][number][] = [];
  let changesTotal = 0;
  let lastDate = '';
  return {
    takeDay(date, day) {
      lastDate = date;
      for (const waiver of day.waivers) takeWaiver(waivers, waiver, date);
      for (const resource of day.resources) {
        seen.set(resource.resourceId, { resource, date });
        const { lastRestoreTime } = resource;
        if (lastRestoreTime) restores.set(resource.resourceId, lastRestoreTime);
      }
      for (const change of day.changes) {
        if (change.kind === 'restore') continue;
        changesTotal += 1;
        if (changes.length < mostChanges) changes.push(changeOf(change));
      }
    },
    tell: ({ start, from }) => ({
      waivers: [...waivers.values()]
        .map((waiver) => ({ ...waiver, isInForce: waiver.lastDay === lastDate }))
        .sort(
          (a, b) =>
            Number(b.isInForce) - Number(a.isInForce) ||
            compareText(a.expires, b.expires) ||
            compareText(keyOf(a), keyOf(b)),
        ),
      restores: restoresSince(restores, seen, parseInstant(start) ?? 0),
      came: named(seen, ({ resource }) =>
        (resource.firstReported ?? '') >= from ? resource.firstReported : null,
      ),
      left: named(seen, ({ date }) => (date < lastDate ? date : null)),
      changes,
      changesTotal,
    }),
  };
}

function takeWaiver(
  waivers: Map<string, Omit<Waiver, 'isInForce'>>,
  { match, reason, ticket, approvedBy, expires, state, resources }: CountedDay['waivers'][number],
  date: string,
): void {
  if (state === 'expired') return;
  const waiver = { match, reason, ticket, approvedBy, expires };
  const key = keyOf(waiver);
  const firstDay = waivers.get(key)?.firstDay ?? date;
  waivers.set(key, { ...waiver, firstDay, lastDay: date, resources: resources.length });
}

function keyOf({
  match,
  reason,
  ticket,
  approvedBy,
  expires,
}: Pick<Waiver, 'match' | 'reason' | 'ticket' | 'approvedBy' | 'expires'>): string {
  return JSON.stringify([match, reason, ticket, approvedBy, expires]);
}

function changeOf({
  time,
  kind,
  what,
  resourceId,
  resourceName,
  resourceType,
  principal,
  detail,
}: CountedDay['changes'][number]): PeriodReport['changes'][number] {
  return { time, kind, what, resourceId, resourceName, resourceType, principal, detail };
}

function restoresSince(
  restores: ReadonlyMap<string, string>,
  seen: ReadonlyMap<string, LastSeen>,
  startMs: number,
): PeriodReport['restores'] {
  return [...restores]
    .flatMap(([resourceId, time]) => {
      const last = seen.get(resourceId);
      const isIn = (parseInstant(time) ?? Number.NEGATIVE_INFINITY) >= startMs;
      return last === undefined || !isIn ? [] : [{ ...nameOf(last.resource), time }];
    })
    .sort((a, b) => compareText(b.time, a.time) || compareText(a.resourceId, b.resourceId));
}

function named(
  seen: ReadonlyMap<string, LastSeen>,
  dateOf: (last: LastSeen) => string | null,
): PeriodReport['came'] {
  return [...seen.values()]
    .flatMap((last) => {
      const date = dateOf(last);
      return date === null ? [] : [{ ...nameOf(last.resource), date }];
    })
    .sort((a, b) => compareText(a.date, b.date) || compareText(a.resourceId, b.resourceId));
}

function nameOf({ resourceId, resourceName, resourceType }: CountedResource) {
  return { resourceId, resourceName, resourceType };
}
