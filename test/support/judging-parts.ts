import type { ControlTotals } from '../../src/model/control-totals.js';
import type { DayMemory, RememberedResource } from '../../src/reports/backup-compliance/model/day-memory.js';
import type { Incident } from '../../src/reports/backup-compliance/model/incident.js';
import { volume } from './control-input.js';

/** A backup failure of the volume that is open since 05:00. */
export function incidentOf(over: Partial<Incident> = {}): Incident {
  return {
    resourceId: volume.resourceId,
    resourceType: volume.resourceType,
    resourceName: volume.resourceName,
    condition: 'BACKUP_FAILURE',
    bearsOnBackups: true,
    state: 'open',
    openedAt: '2026-11-19T05:00:00.000Z',
    lastSeenAt: '2026-11-19T09:00:00.000Z',
    clearedAt: null,
    description: null,
    eventIds: [],
    ...over,
  };
}

/** The memory of a day on which nothing was there. */
export function memoryWith(over: Partial<DayMemory> = {}): DayMemory {
  return {
    date: '2026-11-18',
    cutOffMs: 0,
    timezone: 'UTC',
    knownSinceMs: 0,
    resumeMs: 0,
    resources: new Map(),
    incidents: [],
    running: [],
    former: new Map(),
    lives: [],
    trend: [],
    points: new Map(),
    pulses: new Map(),
    ...over,
  };
}

/** The volume as it was judged the day before: good for a day. */
export function rememberedWith(over: Partial<RememberedResource> = {}): RememberedResource {
  return {
    ...volume,
    owner: null,
    lastSuccessMs: null,
    lastFailure: null,
    lastRestoreMs: null,
    lastKnown: {
      recoveryWindowDays: null,
      autoBackupEnabled: null,
      told: null,
      seen: null,
      terminated: null,
    },
    volumeGroup: null,
    standing: {
      outcome: 'SUCCEEDED',
      compliance: 'COMPLIANT',
      words: '',
      consecutiveBadDays: 0,
      badSince: null,
      recentOutcomes: [],
      firstReported: '2026-11-01',
    },
    ...over,
  };
}

/** Of a source that told nothing. */
export function controlTotals(over: Partial<ControlTotals> = {}): ControlTotals {
  return { read: 0, used: 0, duplicate: 0, outside: 0, ignored: 0, rejected: 0, ...over };
}
