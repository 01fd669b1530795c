/** The configuration that commands use without --config. */
export const defaultConfig = './backup-report.yaml';
