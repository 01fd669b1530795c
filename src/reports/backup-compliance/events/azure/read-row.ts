import {
  type AzureRow,
  azureRowOf,
  isAzureRow,
  typeOfAzureRow,
} from '../../../../records/azure/azure-row.js';
import { instantIn } from '../../../../records/azure/azure-columns.js';
import type { JsonObject } from '../../../../records/json.js';
import { reasonWords } from '../../../../model/reasons/reason-words.js';
import { readAlert } from './read-alert.js';
import { type ReadJob, createJobReader } from './read-job.js';
import { readState } from './read-state.js';
import type { VersionedRow } from './versioned-row.js';
import { regionOfItem } from './azure-item.js';

/** What a row of Azure Backup is. */
export type ReadRow =
  | { readonly kind: 'row'; readonly row: VersionedRow; readonly region: string | null }
  | {
      readonly kind: 'ignored';
      readonly eventType: string;
      readonly timeMs: number;
      readonly region: string | null;
    }
  | { readonly kind: 'rejected'; readonly reason: string };

/** Creates the reader of rows of Azure Backup; it returns null for what is none. */
export function createRowReader(): (value: JsonObject) => ReadRow | null {
  const readJob = createJobReader();
  return (value) => (isAzureRow(value) ? readRow(azureRowOf(value)) : null);

  function readRow(row: AzureRow): ReadRow {
    const generatedMs = instantIn(row.columns, 'timegenerated');
    if (generatedMs === undefined) return { kind: 'rejected', reason: reasonWords('azureNoGenerated') };
    if (row.isBackup && row.operation === '')
      return { kind: 'rejected', reason: reasonWords('azureNoOperation') };
    const told = { region: regionOfItem(row.columns) };
    const read = row.isBackup ? readBackup(row, generatedMs) : null;
    if (read !== null) return read.kind === 'rejected' ? read : { ...read, ...told };
    return { kind: 'ignored', eventType: typeOfAzureRow(row), timeMs: generatedMs, ...told };
  }

  /** null: nothing that the report needs. */
  function readBackup(row: AzureRow, generatedMs: number): ReadJob | null {
    switch (row.operation.toLowerCase()) {
      case 'job':
        return readJob(row, generatedMs);
      case 'alert':
        return readAlert(row, generatedMs);
      default:
        return readState(row, generatedMs);
    }
  }
}
