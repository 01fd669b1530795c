import type { BlockstorageClient } from 'oci-core';
import { z } from 'zod';
import { compareText } from '../../base/text-order.js';
import { dayMs, secondMs } from '../../base/time-units.js';
import type { BackupSchedule, Protection } from '../../model/protected-resource.js';
import type { OciConnection } from '../../oci/connection.js';
import { noProtection } from './inventoried-resource.js';
import { parseAnswer } from './read-list.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

const service = 'Blockstorage';

const assignmentsSchema = z.array(z.object({ policyId: z.string().min(1) }));

const policyScheduleSchema = z.object({
  period: z.string(),
  backupType: z.string(),
  retentionSeconds: z.number().nullish(),
  offsetType: z.string().nullish(),
  dayOfWeek: z.string().nullish(),
  dayOfMonth: z.number().nullish(),
  month: z.string().nullish(),
  hourOfDay: z.number().nullish(),
  timeZone: z.string().nullish(),
});

const policySchema = z.object({
  displayName: z.string(),
  destinationRegion: z.string().nullish(),
  schedules: z.array(policyScheduleSchema).nullish(),
});

/**
 * Backup policies of one region; each policy and each volume group is requested once, and a failure is shared by all.
 */
export class VolumePolicies {
  readonly #connection: OciConnection;
  readonly #client: BlockstorageClient;
  readonly #assets = new Map<string, Promise<Protection | null>>();
  readonly #policies = new Map<string, Promise<Protection>>();

  constructor(connection: OciConnection, client: BlockstorageClient) {
    this.#connection = connection;
    this.#client = client;
  }

  /**
   * The protection by the policy assigned to a volume or volume group; null if none is. Throws as OciConnection.call.
   */
  policyOf(assetId: string): Promise<Protection | null> {
    return remembered(this.#assets, assetId, () => this.#readAssignment(assetId));
  }

  async #readAssignment(assetId: string): Promise<Protection | null> {
    const { items } = await this.#connection.call(() =>
      this.#client.getVolumeBackupPolicyAssetAssignment({ assetId }),
    );
    // The service allows one per asset, but returns a list.
    const call = { service, operation: 'getVolumeBackupPolicyAssetAssignment' };
    const [assignment] = parseAnswer(call, assignmentsSchema, items);
    if (assignment === undefined) return null;
    const { policyId } = assignment;
    return remembered(this.#policies, policyId, () => this.#readPolicy(policyId));
  }

  async #readPolicy(policyId: string): Promise<Protection> {
    const { volumeBackupPolicy } = await this.#connection.call(() =>
      this.#client.getVolumeBackupPolicy({ policyId: encodeURIComponent(policyId) }),
    );
    const call = { service, operation: 'getVolumeBackupPolicy' };
    const protection = toProtection(parseAnswer(call, policySchema, volumeBackupPolicy));
    return { ...protection, policyId: policyId.toLowerCase() };
  }
}

function toProtection({
  displayName,
  schedules,
  destinationRegion,
}: z.infer<typeof policySchema>): Protection {
  const means = reasonWords('protectedByPolicy', { name: displayName });
  const known = (schedules ?? []).map(toSchedule).sort(compareSchedules);
  if (known.length === 0)
    return { ...noProtection, means: reasonWords('policyNoSchedule', { means }), schedules: [] };
  return {
    enabled: true,
    means,
    retentionDays: shortestDays(known),
    destination: destinationRegion ?? null,
    schedules: known,
  };
}

/**
 * A schedule is given by day and hour, or by seconds from the start of the period: in that case the day and hour, even
 * if present, are meaningless.
 * https://docs.oracle.com/iaas/api/#/en/iaas/latest/datatypes/VolumeBackupSchedule
 */
function toSchedule(schedule: z.infer<typeof policyScheduleSchema>): BackupSchedule {
  const { period, backupType, retentionSeconds, offsetType, timeZone, ...structured } = schedule;
  const when: Partial<typeof structured> = offsetType === 'NUMERIC_SECONDS' ? {} : structured;
  return {
    period,
    backupType,
    retentionSeconds: retentionSeconds ?? null,
    dayOfWeek: when.dayOfWeek ?? null,
    dayOfMonth: when.dayOfMonth ?? null,
    month: when.month ?? null,
    hourOfDay: when.hourOfDay ?? null,
    timeZone: timeZone ?? null,
  };
}

/** The longest would claim too much: only the backups of one schedule are kept for that long. */
function shortestDays(schedules: readonly BackupSchedule[]): number | null {
  const all = schedules.map(({ retentionSeconds }) => retentionSeconds);
  const known = all.filter((seconds) => seconds !== null);
  return known.length < all.length ? null : Math.floor((Math.min(...known) * secondMs) / dayMs);
}

function compareSchedules(a: BackupSchedule, b: BackupSchedule): number {
  return compareText(JSON.stringify(a), JSON.stringify(b));
}

function remembered<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  known.set(key, made);
  return made;
}
