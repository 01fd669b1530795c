import type { BudgetLimits } from '../budget.js';

export interface AzureMonitorOptions {
  /** GUIDs of Log Analytics workspaces. */
  readonly workspaces: readonly string[];
  /** How long before the window rows of its jobs may have come. Milliseconds. */
  readonly longestJobMs: number;
  /** Longest delay between the end of a job and its row. Milliseconds. */
  readonly ingestionDelayMs: number;
  /** Most rows of one query. They are in memory at once, for each slice that is read at the same time. */
  readonly rowsPerQuery: number;
  /** How many slices of a workspace are read at the same time. */
  readonly parallel: number;
  /** The default budget if not set. */
  readonly budget?: BudgetLimits | undefined;
}
