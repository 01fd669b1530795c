import { auditReasons } from './audit-reasons.js';
import { azureReasons } from './azure-reasons.js';
import { dataSafeReasons } from './data-safe-reasons.js';
import { filesReasons } from './files-reasons.js';
import { inventoryReasons } from './inventory-reasons.js';
import { logAnalyticsReasons } from './log-analytics-reasons.js';
import { moduleReasons } from './module-reasons.js';
import { recordsReasons } from './records-reasons.js';
import { servicesReasons } from './services-reasons.js';
import { streamsReasons } from './streams-reasons.js';
import { systemReasons } from './system-reasons.js';
import { templateReasons } from './template-reasons.js';
import { textReasons } from './text-reasons.js';
import { workbookReasons } from './workbook-reasons.js';

/**
 * Every reason in English, by its code. `{name}` stands for text, which may be a reason itself; `{name#}` for a whole
 * number; `{name#is|are}` for a number with the word after it. Each has a message `reasons.<code>` in every catalogue.
 */
export const reasonTable = {
  ...systemReasons,
  ...recordsReasons,
  ...filesReasons,
  ...moduleReasons,
  ...servicesReasons,
  ...streamsReasons,
  ...logAnalyticsReasons,
  ...azureReasons,
  ...dataSafeReasons,
  ...inventoryReasons,
  ...auditReasons,
  ...templateReasons,
  ...textReasons,
  ...workbookReasons,
} as const;

export type ReasonCode = keyof typeof reasonTable;
