/** What makes backups fail, as far as codes and words of the services tell it. */
export type FailureCauseId = (typeof failureCauseRows)[number]['id'];

export interface FailureCauseRow {
  readonly id: string;
  /** Each of them alone tells the cause. */
  readonly codes: readonly string[];
  /** They tell it only where nothing else does: other errors stand beside them, or another cause has them, too. */
  readonly weakCodes?: readonly string[];
  /** What the services write, with single spaces. */
  readonly words?: readonly RegExp[];
  /** Conditions of the database's critical events: HEALTH.DB_CLUSTER.CDB.CORRUPTION. */
  readonly conditions?: readonly RegExp[];
}

/**
 * In order: the first row that fits is the cause. Codes of errors that only wrap others (RMAN-03002, RMAN-03009,
 * RMAN-10038, ORA-17627) are in no row.
 *
 * What a code means: https://docs.oracle.com/en/error-help/db/ora-19809 and likewise for each other code; those from
 * ORA-45100 on are in the error reference of the Recovery Appliance, which the Recovery Service is built on
 * (https://docs.oracle.com/en/engineered-systems/zero-data-loss-recovery-appliance/23.1/amagd/recovery-appliance-error-message-reference.html).
 * KBHS codes are those of the backup module for Object Storage. Codes of the API, as LimitExceeded:
 * https://docs.oracle.com/en-us/iaas/Content/API/References/apierrors.htm. Conditions:
 * https://docs.oracle.com/en-us/iaas/base-database/doc/base-database-service-events.html
 */
export const failureCauseRows = [
  {
    id: 'recovery-area-full',
    codes: ['ORA-19809', 'ORA-19804', 'ORA-19815'],
    words: [
      /recovery area\b.{0,40}\bfull\b/i,
      /DB_RECOVERY_FILE_DEST_SIZE/i,
      /no (?:more )?(?:space|room)\b.{0,30}\brecovery area/i,
      /limit exceeded for recovery files/i,
    ],
  },
  {
    id: 'archiver-stuck',
    codes: ['ORA-00257', 'ORA-16038', 'ORA-16014'],
    words: [/archiver (?:is )?(?:stuck|hung|hang\b|error)/i],
    conditions: [/ARCHIVER_HANG/i],
  },
  {
    id: 'recovery-service-full',
    codes: ['ORA-45102'],
    words: [/recovery service\b.{0,40}\b(?:no space|out of space|space limit)/i],
  },
  {
    id: 'storage-full',
    codes: ['ORA-15041'],
    words: [
      /no space left on device|ENOSPC/i,
      /(?:disk ?group|file ?system|disk|volume|mount point|\/[\w/]{1,60})\b.{0,40}\b(?:is full|space exhausted|out of space|100 ?% full)/i,
      /(?:insufficient|not enough) (?:disk |free |storage )?space/i,
    ],
    conditions: [/FREE_SPACE/i],
  },
  {
    id: 'key-unavailable',
    codes: ['KmsKeyDisabled', 'ORA-28407'],
    words: [
      /\bkey\b.{0,80}\b(?:disabled|pending deletion|scheduled for deletion|not enabled|not accessible|was deleted)/i,
      /\b(?:disabled|deleted|inaccessible) (?:\w{1,20} ){0,2}key\b/i,
      /\bvault\b.{0,60}\b(?:disabled|pending deletion|unreachable|not accessible|unavailable|was deleted)/i,
    ],
  },
  {
    id: 'wallet-closed',
    codes: ['ORA-28365', 'ORA-28353', 'ORA-28361', 'ORA-28374', 'ORA-28414', 'ORA-28417'],
    weakCodes: ['ORA-19914'],
    words: [
      /\b(?:TDE )?(?:wallet|keystore)\b.{0,40}\b(?:not open|closed|not found|cannot be opened|could not be opened)/i,
    ],
  },
  {
    id: 'backup-not-encrypted',
    codes: ['KBHS-01602'],
    words: [/backup (?:piece|set)?.{0,80}\bis not encrypted/i],
  },
  {
    id: 'credentials-rejected',
    codes: ['KBHS-00712', 'ORA-28759', 'ORA-29024', 'ORA-20401', 'NotAuthenticated', 'SignatureDoesNotMatch'],
    words: [
      /operation-unauthorized|\b401\b.{0,20}unauthori[sz]ed|\bunauthori[sz]ed\b.{0,20}\b401\b/i,
      /\bauth(?:entication|orization)? ?token\b.{0,40}\b(?:expired|invalid|revoked|not valid)/i,
      /\b(?:credentials?|API key)\b.{0,40}\b(?:expired|invalid|rejected|revoked|wrong|not valid)/i,
      /\b(?:expired|invalid|wrong) (?:swift )?(?:credentials?|password|API key|auth(?:entication)? token)\b/i,
      /\bauthentication (?:has )?failed\b/i,
    ],
  },
  {
    id: 'login-refused',
    codes: ['ORA-01017', 'ORA-28000', 'ORA-28001', 'ORA-01031', 'ORA-01045'],
  },
  {
    id: 'permission-missing',
    codes: ['NotAuthorizedOrNotFound', 'NotAuthorized', 'InsufficientServicePermissions', 'ORA-20403'],
    words: [
      /\b(?:permission|access) (?:was |is )?denied\b/i,
      /\bnot authori[sz]ed\b/i,
      /\b403\b.{0,10}forbidden\b/i,
    ],
  },
  {
    id: 'destination-missing',
    codes: ['BucketNotFound', 'NamespaceNotFound', 'ORA-20404'],
    words: [/\b(?:bucket|backup destination)\b.{0,60}\b(?:not found|does not exist|was deleted)/i],
  },
  {
    id: 'no-archivelog-mode',
    codes: ['ORA-19602', 'ORA-00258', 'RMAN-06149'],
    words: [/not in archive ?log mode/i, /\bnoarchivelog\b/i],
  },
  {
    id: 'corrupt-block',
    codes: ['ORA-19566', 'ORA-01578', 'ORA-19599', 'ORA-45109'],
    words: [/\bcorrupt(?:ed)? (?:data ?)?blocks?\b/i, /\bblocks? (?:is |are )?corrupt(?:ed|ion)?\b/i],
    conditions: [/CORRUPTION/i],
  },
  {
    id: 'archived-log-missing',
    codes: ['RMAN-06059', 'RMAN-06726', 'ORA-00308'],
    weakCodes: ['ORA-19625'],
    words: [/archived? ?(?:redo )?logs?\b.{0,60}\b(?:not found|missing|lost|does not exist)/i],
  },
  {
    id: 'datafile-missing',
    codes: ['ORA-01157', 'ORA-01116', 'RMAN-06056'],
    words: [/cannot identify\/lock data file/i],
  },
  {
    id: 'control-file',
    codes: ['ORA-00245', 'ORA-01580', 'ORA-01582'],
    words: [/control ?file backup (?:has )?failed/i],
  },
  {
    id: 'backup-running',
    codes: ['ORA-00230', 'ORA-00244', 'RMAN-08512', 'ORA-00054', 'IncorrectState', 'ORA-20409'],
    words: [
      /\banother (?:backup|snapshot|operation|job|work request)\b.{0,40}\b(?:running|in progress|active|exists)/i,
      /\b(?:backup|snapshot|operation)\b.{0,20}\balready (?:running|in progress)/i,
      /\bsnapshot control ?file\b.{0,40}\b(?:busy|held|enqueue)/i,
      /\bresource (?:is )?busy\b/i,
      /\b(?:is|was) (?:being updated|in (?:the )?(?:UPDATING|BACKUP_IN_PROGRESS) (?:lifecycle )?state)/i,
    ],
  },
  {
    id: 'agent-down',
    codes: [],
    words: [
      /\bagent\b.{0,40}\b(?:not running|down|unreachable|not reachable|not respond\w*|stopped|offline|unavailable|not available)/i,
      /\bagent\b.{0,20}\bdoes not (?:respond|answer|run)/i,
    ],
  },
  {
    id: 'database-not-open',
    codes: [
      'ORA-01034',
      'ORA-01033',
      'ORA-27101',
      'ORA-01109',
      'ORA-01507',
      'ORA-01219',
      'ORA-01089',
      'ORA-01090',
      'ORA-01092',
      'ORA-12528',
    ],
    words: [
      /\b(?:database|db system|instance)\b.{0,20}\b(?:is|was) (?:not (?:open|running|available|mounted|started)|down|stopped|shut ?down)\b/i,
    ],
    conditions: [/DATABASE_HANG|CDB_INSTANCE\.DOWN/i],
  },
  {
    id: 'listener-down',
    codes: ['ORA-12541', 'ORA-12514', 'ORA-12505', 'TNS-12541', 'TNS-12514', 'TNS-12505'],
    words: [
      /\blistener\b.{0,60}\b(?:does not (?:answer|respond)|not running|down|stopped|not reachable|unreachable)/i,
    ],
  },
  {
    id: 'destination-unreachable',
    codes: [
      'ORA-12170',
      'ORA-12154',
      'ORA-12535',
      'ORA-12537',
      'ORA-12543',
      'ORA-12545',
      'ORA-17629',
      'ORA-29260',
      'ORA-29273',
      'ORA-29276',
      'KBHS-00713',
    ],
    weakCodes: ['ORA-19511', 'ORA-19554', 'ORA-27023', 'ORA-27192', 'KBHS-00715', 'ORA-03113', 'ORA-03135'],
    words: [
      /\bdestination (?:is |was )?(?:unreachable|not reachable)/i,
      /\bcannot be reached\b|\b(?:unable|failed) to (?:connect|reach)\b|\b(?:could not|cannot) (?:connect|reach|resolve)\b/i,
      /\bconnection (?:was )?(?:refused|reset|timed out|lost|closed)\b/i,
      /\bno route to host\b|\bnetwork (?:is )?unreachable\b|\bhost (?:is )?unreachable\b|\bname or service not known\b|\bUnknownHost/i,
    ],
  },
  {
    id: 'module-missing',
    codes: ['ORA-27211', 'KBHS-01002'],
    words: [/failed to load media management library/i],
  },
  {
    id: 'cancelled',
    codes: ['ORA-01013', 'ORA-00028', 'ORA-00031'],
    words: [
      /\b(?:cancell?ed|aborted|terminated|killed) (?:by|on request of) (?:(?:a|the|an) )?(?:user|person|operator|administrator)\b/i,
      /\buser requested cancel\b/i,
      /\b(?:backup|job|operation|request) (?:was |has been |is )?cancell?ed\b/i,
    ],
  },
  {
    id: 'timed-out',
    codes: [],
    words: [
      /\b(?:timed|times) out\b|\btime-?out\b/i,
      /\b(?:time limit|deadline|maximum duration|maximum time)\b.{0,20}\b(?:exceeded|reached|expired)/i,
      /\bexceeded (?:the |its )?(?:time limit|deadline|maximum duration|maximum time)/i,
    ],
  },
  {
    id: 'limit-reached',
    codes: ['LimitExceeded', 'QuotaExceeded'],
    words: [
      /\b(?:limit|quota)\b.{0,30}\b(?:was |is |has been )?(?:reached|exceeded)\b/i,
      /\b(?:exceed(?:s|ed)?|reached) (?:the |its |a |your )?(?:\w{1,20} ){0,3}(?:limit|quota)\b/i,
      /\btoo many (?:backups|snapshots)\b/i,
    ],
  },
  {
    id: 'out-of-capacity',
    codes: ['OutOfCapacity', 'OutOfHostCapacity', 'InsufficientCapacity'],
    words: [/\bout of (?:host )?capacity\b/i],
  },
  {
    id: 'storage-error',
    codes: [],
    weakCodes: [
      'ORA-19502',
      'ORA-19504',
      'ORA-19501',
      'ORA-27061',
      'ORA-27063',
      'ORA-27072',
      'ORA-27040',
      'ORA-15080',
    ],
    words: [/\b(?:input\/output|I\/O) error\b/i],
  },
  {
    id: 'service-error',
    codes: [
      'InternalServerError',
      'InternalError',
      'ServiceUnavailable',
      'TooManyRequests',
      'ORA-00600',
      'ORA-07445',
    ],
    weakCodes: ['DCS-10001', 'ORA-45113'],
    words: [/\binternal (?:server |service )?error\b/i, /\bservice (?:is )?(?:temporarily )?unavailable\b/i],
  },
  {
    id: 'incident-open',
    codes: [],
    conditions: [/BACKUP.*FAIL|FAIL.*BACKUP/i],
  },
] as const satisfies readonly FailureCauseRow[];
