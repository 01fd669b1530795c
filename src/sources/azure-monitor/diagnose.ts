import { adviceForAzureCall } from '../../azure/call-advice.js';
import { AzureSignInError, isMissingTable, isRefused } from '../../azure/azure-error.js';
import type { CallLimits } from '../../azure/connection.js';
import { durationInWords } from '../../base/english.js';
import { explainError } from '../../errors.js';
import type { TimeWindow } from '../../model/report-day.js';
import type { SourceDiagnosis } from '../../ports/event-source.js';
import type { Finding } from '../../ports/finding.js';
import { clockToleranceMs } from '../clock-tolerance.js';
import type { AzureMonitorParts } from './azure-monitor-reading.js';
import { type AzureTable, tableParts } from './table-parts.js';
import { WorkspaceTables } from './workspace-tables.js';

/** A table of a workspace, as a person asks about it. */
interface SeenTable {
  readonly table: AzureTable;
  /** null: there is no such table. */
  readonly rows: number | null;
  readonly newest: string | null;
}

/**
 * Whether the sign-in works, which tables each workspace has, how old their newest rows are, and which schema the vaults
 * use. Reads counts alone.
 */
export async function diagnoseAzureMonitor(
  { connection, options }: AzureMonitorParts,
  window: TimeWindow,
): Promise<SourceDiagnosis> {
  const findings: Finding[] = [];
  const limits: CallLimits = { gate: null, stop: new AbortController().signal };
  try {
    await connection.signIn(limits);
    findings.push({ check: 'sign-in', state: 'ok', words: connection.principal, advice: null });
    for (const workspace of options.workspaces) {
      findings.push(...(await diagnoseWorkspace(new WorkspaceTables(connection, workspace, limits), window)));
    }
    findings.push(...clockFinding(connection.clockSkewMs()));
  } catch (error) {
    const check = error instanceof AzureSignInError ? 'sign-in' : 'azure monitor';
    findings.push(failed(check, error));
  }
  return { findings, eventTypes: null };
}

async function diagnoseWorkspace(tables: WorkspaceTables, window: TimeWindow): Promise<readonly Finding[]> {
  const { workspace } = tables;
  const seen: SeenTable[] = [];
  const failures: Finding[] = [];
  for (const part of tableParts) {
    const { table } = part;
    try {
      seen.push({ table, ...(await tables.newest(part, window)) });
    } catch (error) {
      if (isRefused(error)) return [failed(`workspace ${workspace}`, error)];
      if (isMissingTable(error)) seen.push({ table, rows: null, newest: null });
      else failures.push(failed(`${workspace} ${table}`, error));
    }
  }
  return [...tableFindings(workspace, joined(seen)), schemaFinding(workspace, joined(seen)), ...failures];
}

/** The parts of a table as one. */
function joined(parts: readonly SeenTable[]): readonly SeenTable[] {
  const tables = new Map<AzureTable, SeenTable>();
  for (const part of parts) {
    const { table, rows, newest } = tables.get(part.table) ?? { ...part, rows: null, newest: null };
    const times = [newest, part.newest].filter((each) => each !== null).sort();
    const sum = rows === null && part.rows === null ? null : (rows ?? 0) + (part.rows ?? 0);
    tables.set(table, { table, rows: sum, newest: times.at(-1) ?? null });
  }
  return [...tables.values()];
}

function tableFindings(workspace: string, seen: readonly SeenTable[]): readonly Finding[] {
  const there = seen.filter(({ rows }) => rows !== null);
  const missing = seen.filter(({ rows }) => rows === null).map(({ table }) => table);
  const found = there.map(({ table, rows, newest }) => ({
    check: `${workspace} ${table}`,
    state: 'ok' as const,
    words: newest === null ? 'no row came in the last 7 days' : `${rows} rows, the newest of ${newest}`,
    advice: null,
  }));
  if (missing.length === 0) return found;
  const words = `not there: ${missing.join(', ')}`;
  return [...found, { check: `${workspace} tables`, state: 'ok', words, advice: null }];
}

function schemaFinding(workspace: string, seen: readonly SeenTable[]): Finding {
  const check = `${workspace} schema`;
  const has = (isOld: boolean): boolean =>
    seen.some(({ table, rows }) => (table === 'AzureDiagnostics') === isOld && (rows ?? 0) > 0);
  const [isOld, isNew] = [has(true), has(false)];
  if (isOld && isNew) {
    const words = 'vaults send resource specific rows, and AzureDiagnostics as well';
    const advice =
      'Nothing: no job counts twice. To pay once, keep the resource specific setting of each vault.';
    return { check, state: 'ok', words, advice };
  }
  if (isOld) return { check, state: 'ok', words: 'AzureDiagnostics', advice: null };
  if (isNew) return { check, state: 'ok', words: 'resource specific', advice: null };
  const advice =
    'Make a diagnostic setting of each vault that sends the logs of Azure Backup to this workspace, resource specific; the first rows may take 24 hours.';
  return { check, state: 'failed', words: 'no row of Azure Backup came in the last 7 days', advice };
}

function clockFinding(skewMs: number | null): readonly Finding[] {
  if (skewMs === null) return [];
  const check = 'clock';
  const words = `${durationInWords(Math.abs(skewMs))} ${skewMs < 0 ? 'ahead of' : 'behind'} Azure's`;
  if (Math.abs(skewMs) <= clockToleranceMs) return [{ check, state: 'ok', words, advice: null }];
  const advice = 'Set the clock of this machine: tokens and time filters depend on it.';
  return [{ check, state: 'failed', words, advice }];
}

function failed(check: string, error: unknown): Finding {
  return { check, state: 'failed', words: explainError(error), advice: adviceForAzureCall(error) };
}
