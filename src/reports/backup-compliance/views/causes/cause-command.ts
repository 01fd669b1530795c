import { shellWord } from '../../../../base/shell-word.js';
import { readOcid } from '../../../../model/ocid.js';
import type { ResourceCompliance } from '../../model/resource-compliance.js';
import type { Cause } from './cause-of.js';
import { failureCauseRows } from './failure-causes.js';

type Needs = 'start' | 'list' | 'protect';

/** What helps against a cause that is no failure; none: no single command does. */
const needOfCause: ReadonlyMap<string, Needs> = new Map<string, Needs>([
  ...failureCauseRows.map(({ id }) => [id, 'start'] as const),
  ['FAILED', 'start'],
  ['MISSED', 'start'],
  ['LATE', 'start'],
  ['UNKNOWN', 'list'],
  ['IN_PROGRESS', 'list'],
  ['recovery-point-age', 'start'],
  ['backup-succeeded', 'start'],
  ['protection-enabled', 'protect'],
]);

interface Commands {
  /** With ID in place of the OCID, and COMPARTMENT in place of that of its compartment. */
  readonly start: string;
  readonly list: string;
  readonly protect?: string;
}

/** Names of snapshots are unique in a file system, so the shell puts the time in. */
const snapshotName = '"manual-$(date +%Y%m%d-%H%M%S)"';

/**
 * By the kind of the OCID, with all parameters that are required:
 * https://docs.oracle.com/en-us/iaas/tools/oci-cli/latest/oci_cli_docs/cmdref/db/backup/create.html, and likewise
 * db/autonomous-database-backup, db/database/update, bv/backup, bv/boot-volume-backup, bv/volume-group-backup,
 * mysql/backup, psql/backup, psql/backup-collection, fs/snapshot.
 */
const commandsOfKind: ReadonlyMap<string, Commands> = new Map<string, Commands>([
  [
    'database',
    {
      start: 'db backup create --database-id ID --display-name manual-backup',
      list: 'db backup list --database-id ID',
      protect: 'db database update --database-id ID --auto-backup-enabled true',
    },
  ],
  [
    'autonomousdatabase',
    {
      start: 'db autonomous-database-backup create --autonomous-database-id ID --display-name manual-backup',
      list: 'db autonomous-database-backup list --autonomous-database-id ID',
    },
  ],
  ['volume', volumeCommands('backup', '--volume-id')],
  ['bootvolume', volumeCommands('boot-volume-backup', '--boot-volume-id')],
  ['volumegroup', volumeCommands('volume-group-backup', '--volume-group-id')],
  [
    'mysqldbsystem',
    {
      start: 'mysql backup create --db-system-id ID',
      list: 'mysql backup list --db-system-id ID --compartment-id COMPARTMENT',
    },
  ],
  [
    'postgresqldbsystem',
    {
      start: 'psql backup create --db-system-id ID --compartment-id COMPARTMENT --display-name manual-backup',
      list: 'psql backup-collection list-backups --id ID --compartment-id COMPARTMENT',
    },
  ],
  [
    'filesystem',
    {
      start: `fs snapshot create --file-system-id ID --name ${snapshotName}`,
      list: 'fs snapshot list --file-system-id ID',
    },
  ],
]);

function volumeCommands(noun: string, option: string): Commands {
  return {
    start: `bv ${noun} create ${option} ID`,
    list: `bv ${noun} list ${option} ID --compartment-id COMPARTMENT`,
  };
}

/**
 * What to paste into a POSIX shell that has Oracle's CLI: `oci db backup create --database-id ocid1.database… --region
 * us-ashburn-1`. null where no single command helps, and for a resource without a real OCID.
 */
export function causeCommand({ id }: Cause, resource: ResourceCompliance): string | null {
  const { resourceId } = resource;
  const ocid = readOcid(resourceId);
  const needs = needOfCause.get(id);
  if (ocid === null || needs === undefined) return null;
  const command = commandsOfKind.get(ocid.kind)?.[needs];
  const compartmentId = resource.compartmentId ?? '';
  if (command === undefined) return null;
  if (command.includes('COMPARTMENT') && readOcid(compartmentId) === null) return null;
  const words = command
    .replace('ID', () => shellWord(resourceId))
    .replace('COMPARTMENT', () => shellWord(compartmentId));
  return ['oci', words, ...(ocid.region === null ? [] : ['--region', ocid.region])].join(' ');
}
