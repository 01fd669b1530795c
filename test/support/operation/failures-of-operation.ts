import type { FailureOfOperation, Outcome, SeenByOperator } from './failure-of-operation.js';

const refused401 =
  '401 NotAuthenticated: The required information to complete authentication was not provided';
const refusedDate = "401 NotAuthenticated: Date '…' is not within allowed clock skew. Current '…'";
const compareKey = 'Compare tenancy, user, fingerprint and key with the API keys of the user in the console';
const setClock = "Set this machine's clock: a signature is valid for five minutes.";
const refused404 = '404 NotAuthorizedOrNotFound';
const checkRights =
  'Check the bucket, the namespace and the policy (OBJECT_CREATE, OBJECT_INSPECT, OBJECT_READ).';
const laterAgain = '"retryIn":"5 min"…"msg":"schedule: pass done"';
const verified: SeenByOperator = {
  command: 'verify',
  exit: 0,
  says: 'Nothing was found: the archive is as its manifests say.',
};

/** The report is made now, mailed once, and verified. */
function reportMade(revision: number, more = ''): Outcome {
  return {
    seen: [
      { command: 'run', exit: 0, says: `COMPLIANT …(revision ${revision}${more})…mail       delivered` },
      verified,
    ],
    archived: 'COMPLETE',
    mails: 1,
  };
}

/** It was made before, and is neither made nor mailed again. */
const alreadyMade: Outcome = {
  seen: [
    { command: 'run', exit: 0, says: 'COMPLIANT …(revision 1, unchanged)…mail       already-delivered' },
    verified,
  ],
  archived: 'COMPLETE',
  mails: 1,
};

/** What every command says that OCI lets in no more. */
function notLetIn(reason: string, advice: string): readonly SeenByOperator[] {
  const says = `OCI does not accept the credentials: ObjectStorage getNamespace answered ${reason}…${advice}`;
  return [
    { command: 'run', exit: 2, says },
    { command: 'status', exit: 2, says },
    { command: 'verify', exit: 2, says },
    {
      command: 'schedule',
      exit: 0,
      says: `"reason":"OCI does not accept the credentials: …"advice":"${advice}…"msg":"schedule: day failed"…${laterAgain}`,
    },
  ];
}

const nothingYet = { archived: 'nothing', mails: 0 } as const;

const mailServer: readonly FailureOfOperation[] = [
  {
    id: 'mail-gone',
    heading: 'The mail server is killed',
    happens: 'Nobody listens at `mail.host` and `mail.port`.',
    while: {
      seen: [
        {
          command: 'run',
          exit: 4,
          says: 'COMPLIANT …mail       refused…refuses connections (ECONNREFUSED) (given up after …-> To send it to those who do not have it: …run --date …',
        },
        { command: 'status', exit: 0, says: '1 day = 1 present + 0 missing + 0 unfinished + 0 damaged' },
        {
          command: 'doctor',
          exit: 4,
          says: 'failed   mail server …refuses connections (ECONNREFUSED)…-> Check mail.host and mail.port: 587 for starttls, 465 for tls; a firewall may be in between.',
        },
        {
          command: 'schedule',
          exit: 0,
          says: `"kind":"refused","reason":"cannot send mail: …"msg":"delivery: not delivered"…"reason":"the report was not delivered to everybody; it will be delivered again"…"msg":"schedule: day failed"…${laterAgain}`,
        },
      ],
      archived: 'COMPLETE',
      mails: 0,
    },
    means: 'The report is archived and whole; `status` speaks of reports, not of mail. Nobody got the mail.',
    todo: 'Start the mail server, or name another one.',
    goesOn:
      '`schedule` sends it by itself, after `retryAfter`; `run`, or `run --date` for an earlier day, sends it at once. It goes out once.',
    mended: {
      ...reportMade(1, ', unchanged'),
      seen: [
        ...reportMade(1, ', unchanged').seen,
        { command: 'run', exit: 0, says: 'mail       already-delivered' },
      ],
    },
  },
  {
    id: 'mail-killed',
    heading: 'The mail server is killed',
    happens: 'It dies in the middle of a message, after its first bytes.',
    while: {
      seen: [
        {
          command: 'run',
          exit: 4,
          says: 'COMPLIANT …mail       refused…broke the connection: …(given up after …; it may have arrived all the same)',
        },
      ],
      archived: 'COMPLETE',
      mails: 0,
    },
    means:
      'The report is archived. Whether the server had taken the message, nobody can know: it counts as not sent.',
    todo: 'Start the mail server.',
    goesOn:
      'As before. Who did get the first one gets a second with the same Message-ID: twice is better than never.',
    mended: reportMade(1, ', unchanged'),
  },
];

const disk: readonly FailureOfOperation[] = [
  {
    id: 'disk-full',
    heading: 'The disk is full',
    happens: 'The archive (`type: file-system`) has no room for the report.',
    while: {
      seen: [
        {
          command: 'run',
          exit: 4,
          says: 'cannot write …: no space left on the device (ENOSPC)…-> Free space for …reports and run the same command again; it takes the next revision number.',
        },
        {
          command: 'status',
          exit: 3,
          says: 'X left unfinished…1 day = 0 present + 0 missing + 1 unfinished + 0 damaged…-> make …backfill --from …',
        },
        { command: 'verify', exit: 6, says: 'unfinished-revision (1)…it has no manifest' },
        {
          command: 'doctor',
          exit: 4,
          says: 'failed   free space                         … KiB left for …reports…-> Free space on that disk, or move the archive to a larger one.',
        },
        {
          command: 'schedule',
          exit: 0,
          says: `no space left on the device (ENOSPC)…"msg":"schedule: day failed"…${laterAgain}`,
        },
      ],
      archived: 'no manifest',
      mails: 0,
    },
    means:
      'There is no report: what was written of it has no manifest, which no command takes for a report. No mail is sent.',
    todo: 'Free space, or move the archive to a larger disk.',
    goesOn:
      '`schedule` makes the report after `retryAfter`, `run` at once, under the next number. What was left of the others stays, and `verify` tells of it as no fault.',
    mended: reportMade(3),
  },
];

const key: readonly FailureOfOperation[] = [
  {
    id: 'key-revoked',
    heading: 'The API key is revoked',
    happens: 'Every service of OCI answers 401 from the start.',
    while: {
      seen: [
        ...notLetIn(refused401, compareKey),
        {
          command: 'doctor',
          exit: 2,
          says: `failed   credentials …OCI does not accept the credentials: …${refused401}…${compareKey}…failed   create-only writes …not checked: it needs the credentials`,
        },
      ],
      ...nothingYet,
    },
    means: 'There is no report and no mail: a monitor at `heartbeat` hears `/fail`, or nothing.',
    todo: 'Upload a new key, and name it in the configuration file of OCI; `schedule` takes it without a restart.',
    goesOn:
      '`schedule` makes the days of `catchUpDays`; days before them need `backfill`. Events wait in Log Analytics, in the bucket or, for 7 days at most, in the stream.',
    mended: reportMade(1),
  },
  {
    id: 'key-revoked-reading',
    heading: 'The API key is revoked',
    happens: 'It is revoked while a source is read.',
    while: {
      seen: [
        { command: 'run', exit: 4, says: `cannot list oci://…answered ${refused401}…${compareKey}` },
        { command: 'status', exit: 2, says: `OCI does not accept the credentials: …${refused401}` },
      ],
      ...nothingYet,
    },
    means:
      'What was read is not the whole day, and the archive in the bucket is not reached either. There is no report and no mail.',
    todo: 'As above.',
    goesOn: 'As above.',
    mended: reportMade(1),
  },
  {
    id: 'key-revoked-disk',
    heading: 'The API key is revoked',
    happens: 'It is revoked while a source is read, and the archive is on a disk.',
    while: {
      seen: [
        {
          command: 'run',
          exit: 3,
          says: `INCOMPLETE, …INCOMPLETE backup-events: LogAnalytics query answered ${refused401}…mail       delivered`,
        },
        { command: 'status', exit: 3, says: '1 INCOMPLETE' },
      ],
      archived: 'INCOMPLETE',
      mails: 1,
    },
    means:
      'The report is INCOMPLETE and says so, and so does the mail. A COMPLETE report that the day had before stays.',
    todo: 'As above.',
    goesOn: 'The day is read again with cron (`reconcileDays`) or by `run --date`, and gets a revision.',
    mended: { ...reportMade(2), mails: 2 },
  },
  {
    id: 'key-revoked-writing',
    heading: 'The API key is revoked',
    happens: 'It is revoked while the report is written, before its manifest.',
    while: {
      seen: [
        { command: 'run', exit: 4, says: `cannot write oci://…/r1/manifest.json: …answered ${refused401}` },
      ],
      archived: 'no manifest',
      mails: 0,
    },
    means: 'There is no report: the manifest makes it one. No mail is sent.',
    todo: 'As above.',
    goesOn: 'The next run takes the next number.',
    mended: reportMade(2),
  },
];

const clock: readonly FailureOfOperation[] = [
  {
    id: 'clock-behind',
    heading: 'The clock is wrong',
    happens: "This machine's clock is 10 minutes behind.",
    while: {
      seen: [
        ...notLetIn(refusedDate, setClock),
        {
          command: 'doctor',
          exit: 2,
          says: `failed   credentials …${refusedDate}…${setClock}…warning  clock                              up to 1… min behind`,
        },
      ],
      ...nothingYet,
    },
    means: 'OCI refuses signatures that are more than five minutes off. There is no report and no mail.',
    todo: 'Set the clock, and let a service (chrony, systemd-timesyncd) keep it.',
    goesOn:
      '`schedule` notices that the clock was set, and makes what is missing. When it was set forward, no pass begins for ten minutes.',
    mended: reportMade(1),
  },
  {
    id: 'clock-ahead',
    heading: 'The clock is wrong',
    happens: 'It is 10 minutes ahead.',
    while: {
      seen: [
        ...notLetIn(refusedDate, setClock),
        {
          command: 'doctor',
          exit: 2,
          says: `failed   credentials …${refusedDate}…${setClock}…warning  clock                              up to 1… min ahead`,
        },
      ],
      ...nothingYet,
    },
    means:
      'The same: a day that is over by this clock alone gets no report. Up to five minutes OCI accepts, and `settleDelay` is longer. A plan without any service of OCI or Azure has no other clock to go by.',
    todo: 'As above.',
    goesOn: 'As above.',
    mended: reportMade(1),
  },
];

const clockSet: readonly FailureOfOperation[] = [
  {
    id: 'clock-set-forward',
    heading: 'The clock is wrong',
    happens: 'It is set 15 minutes forward while `schedule` runs.',
    while: {
      seen: [
        {
          command: 'schedule',
          exit: 0,
          says: '"by":"1… min forward","held":"no pass until the clock has stood there for 10 min"…"msg":"schedule: the clock was set"',
        },
      ],
      archived: 'COMPLETE',
      mails: 1,
    },
    means:
      'It is noticed within half a minute. The new time may be wrong, and a day not over by it: no pass begins for ten minutes. What was made before stays.',
    todo: 'See which time is right.',
    goesOn: 'After ten minutes a pass makes whatever is due by the new time.',
    mended: alreadyMade,
  },
  {
    id: 'clock-set-back',
    heading: 'The clock is wrong',
    happens: 'It is set 15 minutes back.',
    while: {
      seen: [
        {
          command: 'schedule',
          exit: 0,
          says: `"by":"1… min back","msg":"schedule: the clock was set"…${refusedDate}…"advice":"${setClock}"…"after":"clock"…${laterAgain}`,
        },
      ],
      archived: 'COMPLETE',
      mails: 1,
    },
    means:
      'Cron and all waits are counted anew, and a pass begins at once. By this time OCI refuses it. Nothing is made or sent twice.',
    todo: 'See which time is right.',
    goesOn: 'The next pass goes on, by the right time.',
    mended: alreadyMade,
  },
];

const bucket: readonly FailureOfOperation[] = [
  {
    id: 'bucket-locked',
    heading: 'The bucket of the archive is locked',
    happens: 'It has a retention rule that is locked: objects cannot be overwritten or deleted.',
    while: {
      seen: [
        { command: 'run', exit: 0, says: 'COMPLIANT …(revision 1)…mail       delivered' },
        {
          command: 'doctor',
          exit: 0,
          says: 'ok       retention rule                     reports, 7 years, locked since …',
        },
        verified,
      ],
      archived: 'COMPLETE',
      mails: 1,
    },
    means: 'That is no failure but what an archive wants: nothing in it is ever written twice.',
    todo: 'Nothing.',
    goesOn: 'A late event makes a revision, under a number of its own.',
    mended: { ...reportMade(2), mails: 2 },
  },
  {
    id: 'bucket-refuses',
    heading: 'The bucket of the archive is locked',
    happens: 'The right to create objects is taken away.',
    while: {
      seen: [
        { command: 'run', exit: 4, says: `cannot write oci://…answered ${refused404}…${checkRights}` },
        {
          command: 'doctor',
          exit: 4,
          says: `failed   create-only writes                 cannot write oci://…answered ${refused404}…${checkRights}`,
        },
        {
          command: 'schedule',
          exit: 0,
          says: `"reason":"cannot write oci://…answered ${refused404}…"msg":"schedule: day failed"…${laterAgain}`,
        },
      ],
      ...nothingYet,
    },
    means:
      'The day was judged, and there is no report of it. No mail is sent: none goes out of what is not archived.',
    todo: 'Give the right back. OCI answers 404 for what may not be seen as for what is not there.',
    goesOn: '`schedule` makes the report after `retryAfter`, `run` at once.',
    mended: reportMade(1),
  },
  {
    id: 'bucket-gone',
    heading: 'The bucket of the archive is locked',
    happens: 'All rights are taken away, or the bucket is gone.',
    while: {
      seen: [
        { command: 'run', exit: 4, says: `cannot list oci://…answered ${refused404}…${checkRights}` },
        { command: 'status', exit: 4, says: `cannot list oci://…answered ${refused404}` },
        { command: 'verify', exit: 4, says: `cannot list oci://…answered ${refused404}` },
        {
          command: 'doctor',
          exit: 4,
          says: `failed   create-only writes …${refused404}…failed   archived reports …cannot list oci://…${refused404}`,
        },
        {
          command: 'schedule',
          exit: 0,
          says: `"msg":"schedule: gaps of the archive not found"…"msg":"schedule: day failed"…${laterAgain}`,
        },
      ],
      ...nothingYet,
    },
    means: 'What is archived already is not known, so nothing is made. `/readyz` is red.',
    todo: 'Give the rights back. Of a bucket that was deleted, create one of the same name and put back a copy of the archive: without it every day begins anew.',
    goesOn: 'As above.',
    mended: reportMade(1),
  },
];

const connector: readonly FailureOfOperation[] = [
  {
    id: 'connector-stopped',
    heading: 'The connector is stopped',
    happens:
      'The source answers with success, and without any record since a day; it had some every day before.',
    while: {
      seen: [
        {
          command: 'schedule',
          exit: 0,
          says: '"outcome":"incomplete"…"msg":"schedule: day done"',
        },
        {
          command: 'run',
          exit: 3,
          says: 'INCOMPLETE, NON-COMPLIANT …INCOMPLETE backup-events: silent, no record of this day; its last ones are of …2 resources that were due are known from it alone: whether their backups ran is not known',
        },
        {
          command: 'status',
          exit: 3,
          says: '1 INCOMPLETE, 1 non-compliant…the page says why it is INCOMPLETE; once the source is whole: …backfill --from …--revise',
        },
        {
          command: 'doctor',
          exit: 0,
          says: 'warning  newest report                      that of … is INCOMPLETE: backup-events: silent, no record of this day; …-> Once the cause is mended, run --date … reads the day again.',
        },
      ],
      archived: 'INCOMPLETE',
      mails: 1,
    },
    means:
      'The report is INCOMPLETE, and is mailed. It stays so each day until the source tells something again ([Silent sources](#silent-sources)). Nothing is green, also where nothing was due.',
    todo: 'Look at the connector, the rule of the Events service and the stream; activate the connector. It goes on where it stopped: a stream keeps events for 7 days at most, other sources for 24 h.',
    goesOn:
      '`schedule` reads the last `reconcileDays` again with cron, `run --date` one day, `backfill --revise` many: days whose events came late get a revision, which is mailed. What the stream no longer had stays INCOMPLETE.',
    mended: { ...reportMade(2), mails: 2 },
  },
  {
    id: 'connector-never',
    heading: 'The connector is stopped',
    happens: 'It has never delivered anything.',
    while: {
      seen: [
        {
          command: 'run',
          exit: 3,
          says: 'INCOMPLETE, UNKNOWN …INCOMPLETE the sources held no record at all: whether backups ran is not known',
        },
        {
          command: 'doctor',
          exit: 3,
          says: 'failed   backup-events log source …warning  backup-events records              no record arrived in the last 7 days…-> Look at the rule of the Events service, the stream and the connector: one of them does not run.…warning  newest report                      that of … is INCOMPLETE: the sources held no record at all',
        },
      ],
      archived: 'INCOMPLETE',
      mails: 1,
    },
    means: 'A report without any resource is never COMPLIANT.',
    todo: 'As above.',
    goesOn: 'As above.',
    mended: { ...reportMade(2), mails: 2 },
  },
];

/** The failures of "When something fails" in docs/operations.md, in its order. */
export const failuresOfOperation: readonly FailureOfOperation[] = [
  ...mailServer,
  ...disk,
  ...key,
  ...clock,
  ...clockSet,
  ...bucket,
  ...connector,
];
