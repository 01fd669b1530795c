import { attestationFaults } from '../../src/model/attestation.js';
import type { JudgedFinding, KeptBecause } from '../../src/reports/backup-compliance/model/judged-finding.js';
import { at } from './control-input.js';
import { waiverRule } from './rules.js';

const named = { resourceName: 'data01', resourceType: 'volume' };
const match = { name: ['SALES_*'] };
const waiver = waiverRule({ match });
const withoutTicket = { ...waiver, ticket: null };
const candidates = ['a', 'b', 'c', 'd', 'e', 'f'];
const kept = (because: KeptBecause): JudgedFinding => ({ kind: 'kept-unlisted', ...named, because });

/** Every kind of finding, and what its sentence depends on. */
export const findingReasons: readonly JudgedFinding[] = [
  { kind: 'policy-matches-nothing', policy: 'production', match },
  { kind: 'policy-shadowed', policy: 'sales', matched: 2, shadowedBy: ['production', 'databases'] },
  { kind: 'exclude-matches-nothing', reason: 'scratch', match },
  { kind: 'recipients-match-nothing', recipients: 'database team', match },
  { kind: 'waiver-expired', waiver, daysAgo: 3 },
  { kind: 'waiver-matches-nothing', waiver: withoutTicket },
  { kind: 'waiver-expiring', waiver, daysLeft: 1, matched: 2 },
  { kind: 'waiver-expiring', waiver, daysLeft: 0, matched: 2 },
  { kind: 'waiver-over-broad', waiver: withoutTicket, matched: 1, expected: 3, maxShare: 0.125 },
  { kind: 'left-inventory', ...named, lastDate: '2026-11-18' },
  kept('judged-before'),
  kept('attempt'),
  kept('incident'),
  kept('made-late'),
  { kind: 'name-undecided', resourceName: 'PRD', candidates },
  { kind: 'name-given-up', resourceName: 'PRD', candidates },
  { kind: 'setting-unmatched', resourceName: 'PRD', what: 'Update Database' },
  { kind: 'group-undecided', resourceName: 'nightly', candidates },
  { kind: 'group-unknown', resourceName: 'nightly' },
  { kind: 'notice-unmatched', resourceName: 'PRD', condition: 'BACKUP_FAILURE' },
  { kind: 'job-conflict', resourceName: 'vm-app01', jobId: '6d0c', states: ['Completed', 'Failed'] },
  { kind: 'event-id-shared', source: 'stream', records: 2, eventIds: ['i', 'j'] },
  { kind: 'deletion-unmatched', deletions: 6, backupIds: candidates },
  { kind: 'deletion-unmatched', deletions: 1, backupIds: [] },
  { kind: 'source-gone', source: 'stream', resources: 2 },
  { kind: 'not-settled', settlesMs: at(26) },
  { kind: 'attempt-before-created', ...named, createdMs: at(2), seenMs: at(1) },
  { kind: 'attempt-given-up', resourceName: 'data01', beganMs: at(-48) },
  { kind: 'restore-test-failed', ...named, testedMs: at(-48), by: 'Jane Doe', ticket: 'CHG-1' },
  ...attestationFaults.map((fault) => ({ kind: 'attestation-refused', name: 'a.json', fault }) as const),
  { kind: 'ignored-names-backup', eventType: 'com.example.x', names: 'com.oraclecloud.y', types: 2 },
];
