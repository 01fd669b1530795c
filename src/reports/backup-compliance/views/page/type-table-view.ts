import { shortText, timeWords } from '../../../../renderers/view/view-parts.js';
import type { Label } from '../../../../renderers/view/wording.js';
import type { DailyReport } from '../../model/daily-report.js';
import type { ResourceCompliance } from '../../model/resource-compliance.js';
import type { BackupWording } from '../backup-wording.js';
import { isSuccessGone } from '../success-gone.js';
import { type BackupsByType, backupsByType } from './backups-by-type.js';
import type { ResourceLinks } from './resource-anchor.js';

/** Most rows of the table of one kind of resource; the table of all resources has the rest. */
const typeTableCap = 20;

/** A resource's last success against what its policy allows. */
export interface TypeTableRow {
  /** Where the page shows its details; null: nowhere. */
  readonly link: string | null;
  readonly name: string;
  readonly type: string;
  readonly outcome: Label;
  readonly lastSuccess: string;
  readonly byType: BackupsByType;
  /** The last success is no recovery point any more: the age is that of the newest that is left. */
  readonly isSuccessGone: boolean;
  /** `45 h 48 min`; null: there is no success to measure from. */
  readonly age: string | null;
  /** `26 h`; null: nothing is demanded. */
  readonly limit: string | null;
  /** Verdict on the age against its limit. */
  readonly verdict: Label;
}

export interface TypeTable {
  /** Whether any of its resources tells its backups by type. */
  readonly hasTypes: boolean;
  /** Whether any of them has a type besides full and incremental. */
  readonly hasOthers: boolean;
  readonly count: string;
  readonly items: readonly TypeTableRow[];
  readonly more: string | null;
}

/** The tables of databases and of volumes, worst first. */
export function typeTables(
  { resources, reportDay }: DailyReport,
  links: ResourceLinks,
  wording: BackupWording,
): { readonly databases: TypeTable; readonly volumes: TypeTable } {
  const { timezone } = reportDay;
  const table = (isOfTable: (type: string) => boolean): TypeTable => {
    const all = resources.filter(({ resourceType }) => isOfTable(resourceType));
    const rest = all.length - typeTableCap;
    const items = all.slice(0, typeTableCap).map((resource) => ({
      link: links(resource.resourceId),
      ...typeTableRow(resource, timezone, wording),
      byType: backupsByType(resource, reportDay, wording),
    }));
    return {
      count: wording.language.integer(all.length),
      hasTypes: items.some(({ byType }) => byType.isTold),
      hasOthers: items.some(({ byType }) => byType.others.length > 0),
      items,
      more: rest <= 0 ? null : wording.text('page.types.more', { number: rest }),
    };
  };
  return { databases: table(isDatabase), volumes: table(isVolume) };
}

/** Databases of every service: `autonomous-database`, `mysql-db-system`. */
function isDatabase(type: string): boolean {
  return /database|db-system/.test(type);
}

/** `volume`, `boot-volume`, `volume-group` */
function isVolume(type: string): boolean {
  return /volume/.test(type);
}

function typeTableRow(
  resource: ResourceCompliance,
  timezone: string,
  wording: BackupWording,
): Omit<TypeTableRow, 'link' | 'byType'> {
  const { recoveryPointAgeSeconds: age, lastSuccessTime, controls } = resource;
  const { threshold, verdict } = controls['recovery-point-age'];
  return {
    name: shortText(resource.resourceName),
    type: shortText(wording.resourceType(resource.resourceType)),
    outcome: wording.outcome(resource.outcome),
    lastSuccess: timeWords(lastSuccessTime, timezone, wording.text('page.noneSeen'), wording),
    isSuccessGone: isSuccessGone(resource),
    age: age === null ? null : wording.duration(age),
    limit: threshold === null ? null : shortText(threshold),
    verdict: wording.verdict(verdict),
  };
}
