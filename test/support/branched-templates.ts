import type { WirableKind } from '../../src/wiring/wirable-kind.js';
import { backupCompliance } from '../../src/wiring/wire-backup-compliance.js';
import { databaseActivityWiring } from '../../src/wiring/wire-database-activity.js';
import { tenancyChangesWiring } from '../../src/wiring/wire-tenancy-changes.js';

/** A template that ships with the tool and has branches, and the kind whose samples have to take each of them. */
export interface BranchedTemplate {
  /** `tenancy-changes: counted-period.html.hbs` */
  readonly title: string;
  readonly name: string;
  readonly kind: WirableKind;
  /** The fewest branches, so that none is lost unseen. */
  readonly fewest: number;
}

const of =
  (kind: WirableKind) =>
  ([name, fewest]: readonly [name: string, fewest: number]): BranchedTemplate => ({
    title: `${kind.keys.name}: ${name}`,
    name,
    kind,
    fewest,
  });

export const branchedTemplates: readonly BranchedTemplate[] = [
  ...(
    [
      ['report.html.hbs', 180],
      ['mail.html.hbs', 70],
      ['mail.txt.hbs', 70],
      ['mail-subject.hbs', 4],
    ] as const
  ).map(of(backupCompliance as WirableKind)),
  ...(
    [
      ['tenancy-changes.html.hbs', 68],
      ['tenancy-changes-mail.html.hbs', 35],
      ['tenancy-changes-mail.txt.hbs', 32],
      ['tenancy-changes-mail-subject.hbs', 2],
      // Of any kind that counts.
      ['counted-period.html.hbs', 44],
      ['counted-period-mail.html.hbs', 22],
      ['counted-period-mail.txt.hbs', 20],
      ['counted-period-mail-subject.hbs', 2],
    ] as const
  ).map(of(tenancyChangesWiring as WirableKind)),
  ...(
    [
      ['database-activity.html.hbs', 76],
      ['database-activity-mail.html.hbs', 35],
      ['database-activity-mail.txt.hbs', 30],
      ['database-activity-mail-subject.hbs', 2],
    ] as const
  ).map(of(databaseActivityWiring as WirableKind)),
];
