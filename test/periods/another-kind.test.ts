import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/base/digest.js';
import type { PeriodHead } from '../../src/model/period-head.js';
import { makePeriodReport } from '../../src/periods/make-period.js';
import type { PeriodKind } from '../../src/reports/period-kind.js';
import { english, quiet } from '../support/judge-day.js';
import { createMemoryArchive } from '../support/memory-archive.js';
import { archiveTable, periodNamed, planName } from '../support/period-days.js';

interface LettersOfPeriod extends PeriodHead {
  readonly letters: string;
}

/** Not about backups: R for a day with a report, - for one without. */
const letterKind: PeriodKind<LettersOfPeriod> = {
  openCounting() {
    let letters = '';
    return {
      takeBefore: () => true,
      takeDay: (_date, bytes) => {
        letters += bytes.length > 0 ? 'R' : '?';
        return true;
      },
      takeMissing: () => void (letters += '-'),
      conclude: (head) => ({ ...head, letters }),
    };
  },
  readReport: (bytes) => JSON.parse(Buffer.from(bytes).toString()) as LettersOfPeriod,
  countsDigest: ({ letters }) => sha256Hex(letters),
  changesSince: (before, { letters }) => [
    { kind: 'other', subject: 'letters', words: `${before.letters} → ${letters}` },
  ],
  summaryOf: ({ letters }) => [letters],
  answerOf: ({ letters }) => ({ letters }),
};

describe('another kind of report', () => {
  it('brings what its periods count, and has them archived and revised alike', async () => {
    const archive = createMemoryArchive();
    const table = { from: '2026-11-01', states: 'CC-C', resources: { a: '++++' } };
    await archiveTable(table, archive);
    const make = () =>
      makePeriodReport(
        {
          name: planName,
          timezone: 'UTC',
          kindName: 'letters',
          kind: letterKind,
          language: english,
          configurationDigest: 'none',
          tool: { name: 'oci-backup-reporter', version: '0.0.0' },
          principal: 'nobody',
          leaseMs: 0,
          mail: null,
        },
        { period: periodNamed('2026-11-01_2026-11-04'), generatedAtMs: Date.parse('2027-01-01T00:00:00Z') },
        {
          archive,
          clock: { nowMs: () => 0, sleep: async () => undefined },
          log: quiet,
          mailer: null,
          renderers: [],
          mailRenderer: { renderMail: () => Promise.reject(new Error('nobody gets mail')) },
        },
      );

    expect(await make()).toMatchObject({ report: { letters: 'RR-R', kind: 'letters' }, revision: 1 });
    await archiveTable({ ...table, states: '--C-' }, archive);
    expect(await make()).toMatchObject({ report: { letters: 'RRRR', status: 'COMPLETE' }, revision: 2 });
    expect(await make()).toMatchObject({ kind: 'unchanged', revision: 2 });
  });
});
