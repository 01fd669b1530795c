import { expect, it } from 'vitest';
import type { BackupChange } from '../../../../src/reports/backup-compliance/model/backup-change.js';
import { fromToWords } from '../../../../src/reports/backup-compliance/views/setting-words.js';
import { createBackupWording } from '../../../../src/reports/backup-compliance/views/backup-wording.js';
import { createWording } from '../../../../src/renderers/view/wording.js';
import { english } from '../../../support/judge-day.js';

const wording = createBackupWording(createWording(english));

type Values = NonNullable<BackupChange['to']>;

const rows: readonly (readonly [
  from: Partial<Values> | undefined,
  to: Partial<Values> | undefined,
  words: string | null,
])[] = [
  [{ enabled: true }, { enabled: false }, 'protection: on → off'],
  [{ enabled: false }, { enabled: true }, 'protection: off → on'],
  [undefined, { enabled: false }, 'protection: not known → off'],
  [{ retentionDays: 30 }, { retentionDays: 7 }, 'retention: 30 days → 7 days'],
  [{ retentionDays: 7 }, { retentionDays: 1 }, 'retention: 7 days → 1 day'],
  [{ policyId: 'gold' }, { policyId: 'bronze' }, 'policy: gold → bronze'],
  [
    { enabled: true, retentionDays: 30 },
    { enabled: false, retentionDays: 7 },
    'protection: on → off, retention: 30 days → 7 days',
  ],
  [{ enabled: true }, { enabled: true }, null],
  [{ enabled: true }, {}, null],
  [{ enabled: true }, undefined, null],
];

const values = (given: Partial<Values>): Values => ({
  enabled: null,
  retentionDays: null,
  policyId: null,
  ...given,
});

it.each(rows)('from %j to %j is %j', (from, to, words) => {
  const change: BackupChange = {
    time: '2026-11-19T10:00:00.000Z',
    kind: 'settings',
    what: 'Database - Update End',
    resourceId: 'ocid1.database.oc1.iad.erp',
    resourceType: 'database',
    resourceName: 'ERP',
    subjectId: null,
    state: null,
    principal: null,
    detail: null,
    eventId: 'e1',
    ...(from && { from: values(from) }),
    ...(to && { to: values(to) }),
  };
  expect(fromToWords(change, wording)).toBe(words);
});
