import type { Part } from '../part.js';
import { backfillPart, shardsPart } from './backfill.js';
import { eventsPart } from './events.js';
import { scriptPart } from './script.js';
import { startPart } from './start.js';

/** What RESULTS.md has, in its order. */
export function standardParts(turns = 3): readonly Part[] {
  const estates = [48, 2000].flatMap((resources) => [20, 60, 365].map((days) => ({ resources, days })));
  return [
    startPart(5 * turns),
    ...[10_000, 100_000, 1_000_000].map((events) => eventsPart(events, turns)),
    eventsPart(3_000_000, 1, 500_000),
    ...estates.map((size) => backfillPart(size, size.days > 20 ? 1 : turns)),
    shardsPart({ resources: 48, days: 365 }, 10),
    scriptPart(
      {
        name: 'page',
        title: 'The page of 20,000 resources',
        rooms: ['src/renderers', 'src/reports/backup-compliance/views', 'templates', 'bench/page.ts'],
      },
      'page.js',
    ),
    scriptPart(
      {
        name: 'rules',
        title: 'Rules and verdicts',
        rooms: ['src/reports/backup-compliance', 'bench/evaluate.ts', 'bench/estate.ts'],
      },
      'evaluate.js',
    ),
  ];
}
