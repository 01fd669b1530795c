import { describe, expect, it } from 'vitest';
import { causeOf } from '../../../../../src/reports/backup-compliance/views/causes/cause-of.js';
import { errorCodes } from '../../../../../src/reports/backup-compliance/views/causes/error-codes.js';
import { failureCauseRows } from '../../../../../src/reports/backup-compliance/views/causes/failure-causes.js';
import { sampleResource } from '../../../../support/sample-report.js';

const failedWith = (message: string | null, condition: string | null = null) =>
  sampleResource({
    outcome: 'FAILED',
    compliance: 'NON_COMPLIANT',
    lastFailure: { time: '2026-11-19T07:10:00.000Z', message },
    openIncident: condition === null ? null : { condition, since: '2026-11-18T07:10:00.000Z' },
  });

const idOf = (message: string | null, condition: string | null = null): string =>
  causeOf(failedWith(message, condition)).id;

/** As the services write them. */
const told: readonly (readonly [cause: string, message: string])[] = [
  ['recovery-area-full', 'ORA-19809: limit exceeded for recovery files'],
  ['recovery-area-full', 'ORA-19804: cannot reclaim 52428800 bytes disk space from 10737418240 bytes limit'],
  ['recovery-area-full', 'The fast recovery area is full'],
  ['recovery-area-full', 'limit exceeded for recovery files'],
  ['recovery-area-full', 'No space left in the recovery area'],
  ['archiver-stuck', 'ORA-00257: Archiver error. Connect AS SYSDBA only until resolved.'],
  ['archiver-stuck', 'ORA-16038: log 3 sequence# 12 cannot be archived'],
  ['recovery-service-full', 'ORA-45102: unable to allocate 1048576 bytes of storage'],
  ['storage-full', 'ORA-15041: diskgroup "RECO" space exhausted'],
  [
    'storage-full',
    'ORA-19502: write error on file; ORA-27072: File I/O error; Linux Error: 28: No space left on device',
  ],
  ['storage-full', 'File system /u01 is full'],
  ['key-unavailable', 'The encryption key ocid1.key.oc1.iad.a is disabled'],
  ['key-unavailable', 'The master encryption key of the volume is pending deletion'],
  ['key-unavailable', 'The vault of the key is not accessible'],
  ['wallet-closed', 'ORA-28365: wallet is not open'],
  ['wallet-closed', 'ORA-19914: unable to encrypt backup; ORA-28361: master key not yet set'],
  ['wallet-closed', 'ORA-19914: unable to encrypt backup'],
  ['backup-not-encrypted', 'ORA-19511: error text: KBHS-01602: backup piece 0a1b is not encrypted'],
  ['credentials-rejected', "ORA-19511: error text: KBHS-00715: HTTP error occurred 'operation-unauthorized'"],
  ['credentials-rejected', 'KBHS-00712: ORA-28759 received from local HTTP service'],
  ['credentials-rejected', 'The auth token of the user has expired'],
  ['credentials-rejected', 'NotAuthenticated: The required information was not provided'],
  ['login-refused', 'ORA-01017: invalid username/password; logon denied'],
  ['login-refused', 'ORA-28001: the password has expired'],
  ['permission-missing', 'NotAuthorizedOrNotFound: Authorization failed or requested resource not found.'],
  ['permission-missing', 'The service is not authorized to use the subnet'],
  ['destination-missing', 'BucketNotFound: the bucket does not exist'],
  ['destination-missing', 'The backup destination was deleted'],
  ['no-archivelog-mode', 'ORA-19602: cannot backup or copy active file in NOARCHIVELOG mode'],
  ['no-archivelog-mode', 'The backup failed because the database is not in archivelog mode.'],
  ['corrupt-block', 'ORA-19566: exceeded limit of 0 corrupt blocks for file +DATA/x.dbf'],
  ['corrupt-block', 'ORA-01578: ORACLE data block corrupted (file # 6, block # 131)'],
  [
    'archived-log-missing',
    'RMAN-06059: expected archived log not found, loss of archived log compromises recoverability; ORA-19625: error identifying file',
  ],
  ['archived-log-missing', 'ORA-19625: error identifying file /u03/arch/1_2.arc'],
  ['datafile-missing', 'RMAN-06056: could not access datafile 7'],
  [
    'control-file',
    'ORA-00245: control file backup failed; in Oracle RAC, target might not be on shared storage',
  ],
  ['backup-running', 'ORA-00230: operation disallowed: snapshot control file enqueue unavailable'],
  ['backup-running', 'Another backup is already running on the database'],
  ['backup-running', 'IncorrectState: The volume is currently being updated'],
  ['agent-down', 'The database agent is not running'],
  ['agent-down', 'The agent on the host does not respond'],
  [
    'database-not-open',
    'RMAN-06403: could not obtain a fully authorized session; ORA-01034: ORACLE not available; ORA-27101: shared memory realm does not exist',
  ],
  ['database-not-open', 'The database is not open'],
  ['listener-down', 'The backup failed because the listener of the database does not answer.'],
  ['listener-down', 'TNS-12541: TNS:no listener'],
  ['destination-unreachable', 'Recovery Service destination unreachable (RMAN-03009, ORA-19511).'],
  [
    'destination-unreachable',
    'RMAN-03009: failure of backup command; ORA-19511: non RMAN, but media manager or vendor specific failure',
  ],
  ['destination-unreachable', 'ORA-17629: cannot connect to the remote database server'],
  ['destination-unreachable', 'connection timed out'],
  [
    'module-missing',
    'ORA-19554: error allocating device; ORA-27211: Failed to load Media Management Library',
  ],
  [
    'module-missing',
    'ORA-27023: skgfqsbi: media manager protocol error; ORA-19511: error text: KBHS-01002: unable to open Oracle Database Backup Service Library parameter file',
  ],
  ['cancelled', 'ORA-01013: user requested cancel of current operation'],
  ['cancelled', 'The backup was cancelled by a user'],
  ['timed-out', 'The backup timed out after 24 hours'],
  ['timed-out', 'Time limit of the backup exceeded'],
  ['limit-reached', 'LimitExceeded: The following service limits were exceeded: backup-count'],
  ['limit-reached', 'QuotaExceeded'],
  ['limit-reached', 'You have exceeded the maximum limit'],
  ['out-of-capacity', 'Out of host capacity.'],
  ['storage-error', 'ORA-19502: write error on file "x"'],
  ['service-error', 'InternalServerError: Internal Server Error'],
  ['service-error', 'DCS-10001:Internal error encountered: unknown.'],
  ['service-error', 'ORA-00600: internal error code, arguments: [x]'],
  ['FAILED', 'RMAN-03009: failure of backup command on ORA_DISK_1 channel'],
  ['FAILED', 'the destination refused the write'],
  ['FAILED', ''],
];

describe('the cause of a failure', () => {
  it.each(told)('%s: %s', (cause, message) => {
    expect(idOf(message)).toBe(cause);
    expect(idOf(message.toUpperCase())).toBe(cause);
    expect(idOf(message.replaceAll(' ', '\n  '))).toBe(cause);
  });

  it('is each of the table for some message, or for an open incident', () => {
    const shown = new Set([...told.map(([cause]) => cause), 'incident-open']);
    expect(failureCauseRows.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
  });

  it.each(failureCauseRows.flatMap(({ id, codes }) => codes.map((code) => [code, id] as const)))(
    '%s alone, or within a stack of wrapping errors, tells %s',
    (code, id) => {
      expect(idOf(`${code}: words`)).toBe(id);
      expect(idOf(`RMAN-03009: failure of backup command; ORA-19511: error text; ${code}: words`)).toBe(id);
      expect(idOf(`${code}: words; ORA-19511: error text; RMAN-03009: failure`)).toBe(id);
    },
  );

  it.each([
    ['HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE', 'incident-open'],
    ['HEALTH.DB_CLUSTER.CDB.ARCHIVER_HANG', 'archiver-stuck'],
    ['HEALTH.DB_CLUSTER.CDB.CORRUPTION', 'corrupt-block'],
    ['HEALTH.DB_CLUSTER.CDB.DATABASE_HANG', 'database-not-open'],
    ['HEALTH.DB_CLUSTER.DISK_GROUP.FREE_SPACE', 'storage-full'],
    ['SOMETHING.ELSE', 'FAILED'],
  ])('is what the incident %s tells where the failure tells nothing: %s', (condition, id) => {
    expect(idOf(null, condition)).toBe(id);
    expect(idOf('RMAN-03009: failure of backup command', condition)).toBe(id);
    expect(idOf('ORA-19809: limit exceeded', condition)).toBe('recovery-area-full');
  });

  it('is the outcome or the control where no backup failed, whatever an earlier failure said', () => {
    const lastFailure = { time: '2026-11-10T07:10:00.000Z', message: 'ORA-19809: limit exceeded' };
    for (const outcome of ['MISSED', 'UNKNOWN', 'LATE'] as const)
      expect(causeOf(sampleResource({ outcome, lastFailure }))).toEqual({
        id: outcome,
        codes: [],
        message: null,
      });
    const retention = { ...sampleResource().controls.retention, verdict: 'NON_COMPLIANT' as const };
    expect(causeOf(sampleResource({ lastFailure, controls: { retention } })).id).toBe('retention');
  });

  it('is found at once in a message that somebody made long', () => {
    expect(idOf(`${'key agent listener vault '.repeat(200_000)}ORA-19809`)).toBe('FAILED');
    expect(idOf(`ORA-19809 ${'key agent listener vault '.repeat(200_000)}`)).toBe('recovery-area-full');
  });
});

describe('error codes', () => {
  it.each([
    ['RMAN-03009: failure; ORA-19809: limit; RMAN-03009: again', ['RMAN-03009', 'ORA-19809']],
    ['ora-19809: limit exceeded', ['ORA-19809']],
    ['[ORA-19809] (Rman-03009), "KBHS-00715"', ['ORA-19809', 'RMAN-03009', 'KBHS-00715']],
    ['failed with ORA-19809.', ['ORA-19809']],
    ['failed.ORA-19809:limit', ['ORA-19809']],
    ['ORA-1034: not available, ORA-257: archiver error', ['ORA-01034', 'ORA-00257']],
    ['see https://docs.oracle.com/error-help/db/ora-19809/', ['ORA-19809']],
    [
      'LimitExceeded, ORA-19511 and notauthorizedornotfound',
      ['LimitExceeded', 'ORA-19511', 'NotAuthorizedOrNotFound'],
    ],
    ['DCS-10001:Internal error SBT-12345 DBT-06103', ['DCS-10001', 'SBT-12345', 'DBT-06103']],
    ['FLORA-19809 AURORA-12345 _ORA-19809 x-ORA-19809', []],
    ['ORA-198091 ORA-19809X ORA-19809_1 ORA-19809-host ora-19809.example.com me@ora-19809', []],
    ['host ora-101 of ORA-7, ORA 19809', []],
    ['ServiceLimitExceeded LimitExceededHere my-LimitExceeded', []],
  ])('of %j are %j', (text, codes) => {
    expect(errorCodes(text)).toEqual(codes);
  });
});
