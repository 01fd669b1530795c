import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../../src/package-root.js';
import { sayControls } from '../../../../src/reports/backup-compliance/document/sentences/say-controls.js';
import { sayFindings } from '../../../../src/reports/backup-compliance/document/sentences/say-findings.js';
import { sayIncompleteness } from '../../../../src/reports/backup-compliance/document/sentences/say-status.js';
import { saySetting } from '../../../../src/reports/backup-compliance/document/sentences/say-settings.js';
import { sayPopulationReason } from '../../../../src/reports/backup-compliance/document/sentences/say-population.js';
import { sayChanges } from '../../../../src/reports/backup-compliance/document/sentences/say-changes.js';
import type { SettingChange } from '../../../../src/reports/backup-compliance/model/backup-settings.js';
import type { JudgedControls } from '../../../../src/reports/backup-compliance/model/control-reason.js';
import type { ObservedChange } from '../../../../src/reports/backup-compliance/model/observed-change.js';
import type { Silence } from '../../../../src/reports/backup-compliance/model/silence.js';
import { type ReasonOf, controlReasons } from '../../../support/control-reasons.js';
import { findingReasons } from '../../../support/finding-reasons.js';
import { controlTotals } from '../../../support/judging-parts.js';
import { keyLanguage } from '../../../support/key-language.js';

const speech = { language: keyLanguage, date: '2026-11-19', timezone: 'UTC' };
const none = { verdict: 'NOT_APPLICABLE', code: 'not-judged.unattributed' } as const;
const nothing: JudgedControls = {
  'recovery-point-age': none,
  'backup-succeeded': none,
  'no-open-incident': none,
  retention: none,
  'protection-enabled': none,
  duration: none,
  'no-early-deletion': none,
  'restore-tested': none,
};

function saidOfControl([name, reason]: ReasonOf): string {
  const controls = sayControls({ ...nothing, [name]: { verdict: 'COMPLIANT', ...reason } }, speech);
  const { reason: words, measured, threshold, demandedBy } = controls[name];
  return [reason.code, words, measured, threshold, demandedBy].map((each) => each ?? '-').join(' | ');
}

/** Read once by a person; UPDATE_GOLDEN=1 writes it anew. */
async function golden(name: string, lines: readonly string[]): Promise<string> {
  const path = fileURLToPath(new URL(`test/fixtures/sentences/${name}.txt`, packageRoot));
  const text = `${lines.join('\n')}\n`;
  if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(path, text);
  return readFile(path, 'utf8');
}

describe('which sentence is said', () => {
  it('of each reason of each control', async () => {
    const said = controlReasons.map(saidOfControl);
    expect(`${said.join('\n')}\n`).toBe(await golden('controls', said));
  });

  it('of each kind of finding', async () => {
    const said = sayFindings(findingReasons, speech).map(
      (each) => `${each.kind} | ${each.subject} | ${each.words}`,
    );
    expect(`${said.join('\n')}\n`).toBe(await golden('findings', said));
  });
});

describe('an INCOMPLETE report says', () => {
  const complete = {
    sources: [],
    inventoryFaults: [],
    silence: [],
    memoryFaults: [],
    controlTotals: controlTotals(),
    tolerateRejected: 0,
    isDayOver: true,
  };
  const silent: Silence = { cause: 'silent', source: 'a', lastRecords: '2026-11-18', resources: 2 };
  const read: Silence = { cause: 'nothing-read', source: null, lastRecords: null, resources: 0 };
  const ofA = 'source=a since=<2026-11-18> resources=2';
  it.each<[says: string, over: Partial<Parameters<typeof sayIncompleteness>[0]>, said: readonly string[]]>([
    ['nothing where it is complete', {}, []],
    ['which source is silent', { silence: [silent] }, [`status.silent ${ofA}`]],
    [
      'which has no known last day',
      { silence: [{ ...silent, lastRecords: null }] },
      ['status.silent source=a since= resources=2'],
    ],
    [
      'which region of it',
      { silence: [{ ...silent, region: 'iad' }] },
      [`status.silentRegion ${ofA} region=iad`],
    ],
    [
      'of which the region is not known',
      { silence: [{ ...silent, region: null }] },
      [`status.silentRegion ${ofA} region=status.regionNotKnown`],
    ],
    ['that nothing was read', { silence: [read] }, ['status.noRecord']],
    [
      'that nothing was read this time',
      { silence: [{ ...read, cause: 'nothing-read-again' }] },
      ['status.noRecordAgain'],
    ],
    [
      'not that nothing was read where it says why',
      { silence: [read], isDayOver: false },
      ['status.dayNotOver'],
    ],
    [
      'how many records could not be read',
      { controlTotals: controlTotals({ rejected: 1 }) },
      ['status.unread number=1'],
    ],
    [
      'how many are tolerated',
      { controlTotals: controlTotals({ rejected: 3 }), tolerateRejected: 2 },
      ['status.unreadTolerated number=3 tolerated=2'],
    ],
    [
      'nothing of as many as are tolerated',
      { controlTotals: controlTotals({ rejected: 2 }), tolerateRejected: 2 },
      [],
    ],
    [
      'everything, silences first',
      {
        silence: [silent],
        sources: [{ name: 'a', reasons: ['refused', 'cut off'] }],
        memoryFaults: ['no memory'],
        controlTotals: controlTotals({ rejected: 1 }),
        isDayOver: false,
      },
      [
        `status.silent ${ofA}`,
        'a: refused',
        'a: cut off',
        'no memory',
        'status.unread number=1',
        'status.dayNotOver',
      ],
    ],
  ])('%s', (_says, over, said) => {
    expect(sayIncompleteness({ ...complete, ...over }, keyLanguage)).toEqual(said);
  });
});

describe('a change of settings says', () => {
  const from = { enabled: null, retentionDays: null, policyId: null };
  const change = (over: Partial<SettingChange>): SettingChange => ({
    kind: 'automatic-backup',
    from,
    to: from,
    affected: null,
    ...over,
  });
  const values = (over: Partial<SettingChange['from']>) => ({ ...from, ...over });
  it.each<[says: string, over: Partial<SettingChange>, said: string | undefined]>([
    ['nothing where nothing is told', {}, undefined],
    ['that there are no backups any more', { to: values({ enabled: false }) }, 'change.noBackups'],
    [
      'so where a deletion is scheduled',
      { kind: 'deletion-scheduled', to: values({ enabled: false }) },
      'change.deletionScheduled',
    ],
    [
      'so where it is no longer protected',
      { kind: 'unprotected', to: values({ enabled: false }) },
      'change.unprotected',
    ],
    [
      'nothing where there were none',
      { from: values({ enabled: false }), to: values({ enabled: false }) },
      undefined,
    ],
    [
      'that there are backups again',
      { from: values({ enabled: false }), to: values({ enabled: true }) },
      'change.backupsAgain',
    ],
    ['nothing where it is not known that there were none', { to: values({ enabled: true }) }, undefined],
    ['how long backups are kept', { to: values({ retentionDays: 7 }) }, 'change.kept days=7'],
    [
      'instead of how long',
      { from: values({ retentionDays: 30 }), to: values({ retentionDays: 7 }) },
      'change.keptInstead days=7 before=30',
    ],
    [
      'nothing where that stays',
      { from: values({ retentionDays: 7 }), to: values({ retentionDays: 7 }) },
      undefined,
    ],
    [
      'that it is not known with another policy',
      { from: values({ policyId: 'gold' }), to: values({ policyId: 'own' }) },
      'change.retentionUnknown',
    ],
    [
      'nothing with the same policy',
      { from: values({ policyId: 'gold' }), to: values({ policyId: 'gold' }) },
      undefined,
    ],
    ['nothing with none', { from: values({ policyId: 'gold' }) }, undefined],
    ['both', { to: values({ enabled: false, retentionDays: 7 }) }, 'change.noBackups; change.kept days=7'],
    [
      'of how many resources',
      { kind: 'policy', to: values({ retentionDays: 7 }), affected: 0 },
      'change.ofPolicy words=change.kept days=7 number=0',
    ],
  ])('%s', (_says, over, said) => {
    const setting = change(over);
    const { from: before, to } = setting;
    const consequence = said === undefined ? {} : { consequence: said };
    expect(saySetting(setting, keyLanguage)).toEqual({ from: before, to, ...consequence });
  });

  it.each([
    [{ code: 'quoted', state: 'FAILED' }, 'FAILED'],
    [{ code: 'quoted', state: null }, null],
    [{ code: 'restore', status: 'FAILED' }, 'change.restoreFailed'],
    [{ code: 'restore', status: 'UNKNOWN' }, 'change.restoreUnknown'],
    [{ code: 'restore', status: 'CANCELED' }, 'change.restoreCanceled'],
    [{ code: 'restore', status: 'IN_PROGRESS' }, 'change.restoreInProgress'],
    [{ code: 'restore', status: 'SUCCEEDED' }, 'change.restoreSucceeded'],
    [{ code: 'restore', status: 'SUCCEEDED_WITH_WARNINGS' }, 'change.restoreSucceededWithWarnings'],
  ] as const)('how it went: %j', (state, said) => {
    expect(saidOfChange({ state })?.state).toBe(said);
  });

  it.each([
    [{ code: 'begun' }, 'change.begun'],
    [{ code: 'ended', message: null, deletedAgeMs: null }, null],
    [{ code: 'ended', message: 'done', deletedAgeMs: null }, 'done'],
    [{ code: 'ended', message: null, deletedAgeMs: 0 }, 'change.deletedAge age=<0 h>'],
    [{ code: 'ended', message: 'done', deletedAgeMs: 3_600_000 }, 'done; change.deletedAge age=<1 h>'],
  ] as const)('what else: %j', (detail, said) => {
    expect(saidOfChange({ detail })?.detail).toBe(said);
  });
});

function saidOfChange(over: Partial<ObservedChange>) {
  const change: ObservedChange = {
    time: '2026-11-19T01:00:00.000Z',
    kind: 'restore',
    what: 'Restore Database',
    resourceId: 'x',
    resourceType: 'database',
    resourceName: 'x',
    subjectId: null,
    principal: null,
    eventId: 'i',
    state: { code: 'quoted', state: null },
    detail: { code: 'ended', message: null, deletedAgeMs: null },
    ...over,
  };
  return sayChanges([change], keyLanguage)[0];
}

describe('a resource that is not judged says', () => {
  it.each([
    [{ code: 'excluded', reason: 'scratch' }, 'population.excluded reason=scratch'],
    [{ code: 'not-in-inventory' }, 'population.notInInventory'],
    [{ code: 'members-judged', members: 2 }, 'population.membersJudged number=2'],
    [{ code: 'left-inventory' }, 'population.leftInventory'],
    [{ code: 'terminated' }, 'population.terminated'],
    [{ code: 'terminated-with', parentId: 'x' }, 'population.terminatedWith parent=x'],
  ] as const)('%j', (reason, said) => {
    expect(sayPopulationReason(reason, keyLanguage)).toBe(said);
  });
});
