import { parseInstant } from '../../base/instants.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import { type JsonObject, textIn } from '../json.js';
import { withDataSafeNames } from './own-fields.js';

/** The state of an audit trail of a target when it was read. Instants in epoch milliseconds; null: not known. */
export interface DataSafeTrail {
  /** OCID in lower case. */
  readonly id: string;
  /** OCID in lower case. */
  readonly targetId: string;
  /** As the service's list of targets has it; null: not told. */
  readonly targetName: string | null;
  /** `UNIFIED_AUDIT_TRAIL`, `SYS.AUD$`. */
  readonly location: string;
  /** In upper case: COLLECTING, STOPPED … */
  readonly status: string;
  readonly displayName: string | null;
  /** Events from before it are not collected. */
  readonly collectsFromMs: number | null;
  /** Until then everything was collected. */
  readonly lastCollectedMs: number | null;
  /** When this was its state: when it was read, else when it was changed. */
  readonly readMs: number | null;
  /** How many months Data Safe keeps events at hand. */
  readonly onlineMonths: number | null;
}

export type TrailReading =
  { readonly ok: true; readonly trail: DataSafeTrail } | { readonly ok: false; readonly reason: string };

/**
 * Reads an audit trail in any of its spellings: of a list (which does not tell when it was last collected), of a single
 * answer, or as the source `data-safe` writes it, with `timeRead`, `onlineMonths` and `targetName`.
 */
export function readDataSafeTrail(record: JsonObject): TrailReading {
  const named = withDataSafeNames(record);
  const id = textIn(named['id']);
  const targetId = textIn(named['targetId']);
  const status = textIn(named['status']);
  if (id === undefined || targetId === undefined || status === undefined) {
    return { ok: false, reason: reasonWords('dataSafeNoId') };
  }
  const instant = (key: string): number | null => parseInstant(named[key]) ?? null;
  const months = named['onlineMonths'];
  return {
    ok: true,
    trail: {
      id: id.toLowerCase(),
      targetId: targetId.toLowerCase(),
      targetName: textIn(named['targetName']) ?? null,
      location: textIn(named['trailLocation']) ?? '',
      status: status.toUpperCase(),
      displayName: textIn(named['displayName']) ?? null,
      collectsFromMs: instant('auditCollectionStartTime'),
      lastCollectedMs: instant('timeLastCollected'),
      readMs: instant('timeRead') ?? instant('timeUpdated'),
      onlineMonths: typeof months === 'number' && Number.isInteger(months) && months > 0 ? months : null,
    },
  };
}
