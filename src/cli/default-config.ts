/** Where a command looks for its configuration unless it is told otherwise. */
export const defaultConfig = './backup-report.yaml';
