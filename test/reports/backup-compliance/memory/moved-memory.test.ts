import { describe, expect, it } from 'vitest';
import { KnownNames } from '../../../../src/reports/backup-compliance/facts/known-names.js';
import { moveMemory } from '../../../../src/reports/backup-compliance/facts/move-memory.js';
import type { DayMemory } from '../../../../src/reports/backup-compliance/model/day-memory.js';
import type { Incident } from '../../../../src/reports/backup-compliance/model/incident.js';

const iad = 'ocid1.database.oc1.iad.ledger';
const span = { fromMs: 0, cutOffMs: 1, followedSinceMs: 0 };
const noEvents = { jobs: [], conditions: [], others: [], span };

/** A notice as version 0.1 kept it where the event had no OCID. */
function incident(over: Partial<Incident>): Incident {
  return {
    resourceId: 'unknown:database',
    resourceType: 'database',
    resourceName: 'ledger',
    condition: 'A.BACKUP_FAILURE',
    bearsOnBackups: true,
    state: 'open',
    openedAt: '2026-11-07T02:00:00.000Z',
    lastSeenAt: '2026-11-07T02:00:00.000Z',
    clearedAt: null,
    description: null,
    eventIds: ['e'],
    ...over,
  };
}

function memoryWith(incidents: readonly Incident[]): DayMemory {
  return {
    date: '2026-11-07',
    cutOffMs: 0,
    knownSinceMs: 0,
    resumeMs: 0,
    resources: new Map(),
    points: new Map(),
    incidents,
    running: [],
    former: new Map(),
    trend: [],
  };
}

const known = { resourceType: 'database', compartmentId: null, compartmentName: null, owner: null, tags: {} };

describe('a memory of version 0.1', () => {
  it.each<[string, Partial<Incident>, readonly string[], string]>([
    ['goes to the one database that is known by its name', {}, [iad], iad],
    ['has an id of its own by its name', {}, [], 'name:database:-:-:-:ledger'],
    [
      'has an id of its own where two have its name',
      {},
      [iad, 'ocid1.database.oc1.iad.twin'],
      'name:database:-:-:-:ledger',
    ],
    ['stays where it has no name', { resourceName: 'resource unknown' }, [iad], 'unknown:database'],
    [
      'stays under an OCID',
      { resourceId: 'ocid1.database.oc1.iad.other' },
      [iad],
      'ocid1.database.oc1.iad.other',
    ],
  ])('a notice without an OCID %s', (_words, over, ids, resourceId) => {
    const memory = memoryWith([incident(over)]);
    const expected = ids.map((id) => ({ ...known, resourceId: id, resourceName: 'LEDGER' }));
    const names = new KnownNames({ ...noEvents, expected, memory });
    const moved = moveMemory(memory, names).memory.incidents;
    expect(moved).toEqual([{ ...incident(over), resourceId, resourceName: expect.any(String) }]);
  });
});
