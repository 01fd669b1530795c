import { expect, it } from 'vitest';
import { openActivityReading } from '../../src/reports/database-activity/events/open-reading.js';
import { openActivityExplanation } from '../../src/reports/database-activity/explain/explain-records.js';
import { openChangesReading } from '../../src/reports/tenancy-changes/events/open-reading.js';
import { openTenancyExplanation } from '../../src/reports/tenancy-changes/explain/explain-records.js';
import { asDiagnostics, asLogLine, asRead, type TableRow } from '../support/azure-rows.js';
import { azureDate, azureDay } from '../support/azure/estate-day.js';
import { dayOf } from '../support/judge.js';

const { startMs, cutOffMs } = dayOf(azureDate);
const window = { fromMs: startMs, toMs: cutOffMs };
const rows = Object.values(azureDay).flat();
const forms: readonly [string, (row: TableRow) => unknown][] = [
  ['read from a workspace', asRead],
  ['exported', (row) => row],
  ['of a diagnostic log', asLogLine],
  ['of AzureDiagnostics', (row) => asDiagnostics(row)],
];

const kinds = [
  ['tenancy-changes', openChangesReading, openTenancyExplanation],
  ['database-activity', openActivityReading, openActivityExplanation],
] as const;

for (const [kind, openReading, openExplanation] of kinds) {
  it.each(forms)(`${kind} ignores a row of Azure Backup that is %s`, (_form, written) => {
    const reading = openReading(window);
    const explanation = openExplanation(window);
    for (const value of rows.map(written)) {
      const taken = [...reading.take(value, 1), ...explanation.take(value, 1)];
      expect(taken.map(({ disposition }) => disposition)).toEqual(['ignored', 'ignored']);
    }
  });
}
