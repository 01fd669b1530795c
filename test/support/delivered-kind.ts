import type { DeliveryPlan } from '../../src/day/delivery/delivery-context.js';
import { archivedPartsBy } from '../../src/reports/backup-compliance/document/parts-of-archive.js';
import { readReport } from '../../src/reports/backup-compliance/document/read-report.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { jobsFile } from '../../src/reports/backup-compliance/model/jobs-file.js';
import { standingOf } from '../../src/reports/backup-compliance/model/report-standing.js';
import { type Rules, noRules } from '../../src/reports/backup-compliance/rules/rule-book.js';

/** What delivery knows of backup reports, parted by these rules. */
export function deliveredKind(rules: Rules = noRules): DeliveryPlan<DailyReport>['kind'] {
  return { linesFile: jobsFile, readReport, partsOf: archivedPartsBy(rules), standingOf };
}
