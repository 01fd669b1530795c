import { describe, expect, it } from 'vitest';
import { createWording } from '../../../../../src/renderers/view/wording.js';
import type { ResourceCompliance } from '../../../../../src/reports/backup-compliance/model/resource-compliance.js';
import type { Outcome } from '../../../../../src/reports/backup-compliance/model/verdict.js';
import { createBackupWording } from '../../../../../src/reports/backup-compliance/views/backup-wording.js';
import { causeWords } from '../../../../../src/reports/backup-compliance/views/causes/cause-words.js';
import { english } from '../../../../support/judge-day.js';
import { sampleResource, sampleWaiver } from '../../../../support/sample-report.js';

const wording = createBackupWording(createWording(english));
const compartmentId = 'ocid1.compartment.oc1..prod';

type Facts = Partial<Omit<ResourceCompliance, 'controls'>>;

function commandOf(resourceId: string, outcome: Outcome = 'FAILED', facts: Facts = {}): string | null {
  const lastFailure = { time: '2026-11-19T07:10:00.000Z', message: 'ORA-19809: limit exceeded' };
  const compliance = 'NON_COMPLIANT';
  return causeWords(
    sampleResource({ resourceId, compartmentId, outcome, compliance, lastFailure, ...facts }),
    wording,
  ).command;
}

const started: readonly (readonly [kind: string, start: string, list: string])[] = [
  [
    'database',
    'db backup create --database-id ID --display-name manual-backup',
    'db backup list --database-id ID',
  ],
  [
    'autonomousdatabase',
    'db autonomous-database-backup create --autonomous-database-id ID --display-name manual-backup',
    'db autonomous-database-backup list --autonomous-database-id ID',
  ],
  [
    'volume',
    'bv backup create --volume-id ID',
    `bv backup list --volume-id ID --compartment-id ${compartmentId}`,
  ],
  [
    'bootvolume',
    'bv boot-volume-backup create --boot-volume-id ID',
    `bv boot-volume-backup list --boot-volume-id ID --compartment-id ${compartmentId}`,
  ],
  [
    'volumegroup',
    'bv volume-group-backup create --volume-group-id ID',
    `bv volume-group-backup list --volume-group-id ID --compartment-id ${compartmentId}`,
  ],
  [
    'mysqldbsystem',
    'mysql backup create --db-system-id ID',
    `mysql backup list --db-system-id ID --compartment-id ${compartmentId}`,
  ],
  [
    'postgresqldbsystem',
    `psql backup create --db-system-id ID --compartment-id ${compartmentId} --display-name manual-backup`,
    `psql backup-collection list-backups --id ID --compartment-id ${compartmentId}`,
  ],
  [
    'filesystem',
    'fs snapshot create --file-system-id ID --name "manual-$(date +%Y%m%d-%H%M%S)"',
    'fs snapshot list --file-system-id ID',
  ],
];

describe('the command of a cause', () => {
  it.each(started)(
    'for a %s starts a backup, or lists them where the end of one is not known',
    (kind, start, list) => {
      const id = `ocid1.${kind}.oc1.iad.aaaa`;
      const command = (words: string): string => `oci ${words.replace('ID', id)} --region us-ashburn-1`;
      expect(commandOf(id)).toBe(command(start));
      expect(commandOf(id, 'MISSED')).toBe(command(start));
      expect(commandOf(id, 'LATE')).toBe(command(start));
      expect(commandOf(id, 'UNKNOWN')).toBe(command(list));
      expect(commandOf(`ocid1.${kind}.oc1..aaaa`)).toBe(
        `oci ${start.replace('ID', `ocid1.${kind}.oc1..aaaa`)}`,
      );
    },
  );

  it('switches protection on where that is what is missing', () => {
    const { controls } = sampleResource();
    const protection = { ...controls['protection-enabled'], verdict: 'NON_COMPLIANT' as const };
    const resource = sampleResource({
      resourceId: 'ocid1.database.oc1.iad.a',
      controls: { 'protection-enabled': protection },
    });
    expect(causeWords(resource, wording).command).toBe(
      'oci db database update --database-id ocid1.database.oc1.iad.a --auto-backup-enabled true --region us-ashburn-1',
    );
    const volume = { ...resource, resourceId: 'ocid1.volume.oc1.iad.a' };
    expect(causeWords(volume, wording).command).toBeNull();
  });

  it.each(['retention', 'duration', 'restore-tested', 'no-early-deletion', 'no-open-incident'] as const)(
    'is none where %s is the cause: no single command helps',
    (control) => {
      const failing = { ...sampleResource().controls[control], verdict: 'NON_COMPLIANT' as const };
      expect(causeWords(sampleResource({ controls: { [control]: failing } }), wording).command).toBeNull();
    },
  );

  it.each([
    'ocid1.key.oc1.iad.a',
    'ocid1.autonomouscontainerdatabase.oc1.iad.a',
    'ocid1.goldengatedeployment.oc1.iad.a',
  ])('is none for %s, whose backup needs more than its OCID', (id) => {
    expect(commandOf(id)).toBeNull();
  });

  it.each([
    'ORDERS',
    "ocid1.database.oc1.iad.a'; rm -rf /",
    'ocid1.database.oc1.iad.$(id)',
    'ocid1.database.oc1.iad.a\nid',
  ])('is none for %j, which is no OCID, and neither is a link', (id) => {
    expect(commandOf(id)).toBeNull();
    expect(causeWords(sampleResource({ resourceId: id }), wording).console).toBeNull();
  });

  it('is none for an accepted exception, and where the compartment is not known by its OCID but needed', () => {
    expect(commandOf('ocid1.database.oc1.iad.a', 'FAILED', { waiver: sampleWaiver })).toBeNull();
    expect(commandOf('ocid1.volume.oc1.iad.a', 'UNKNOWN', { compartmentId: null })).toBeNull();
    expect(commandOf('ocid1.volume.oc1.iad.a', 'UNKNOWN', { compartmentId: 'prod; id' })).toBeNull();
    expect(commandOf('ocid1.volume.oc1.iad.a', 'FAILED', { compartmentId: null })).not.toBeNull();
  });
});
