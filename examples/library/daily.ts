// The report of a day from a program: its archive and mail are those of `backup-report run`.
import { Failure, defineConfig, makeDailyReport } from 'oci-backup-reporter';

const configuration = defineConfig({
  plan: 'from-a-program',
  timezone: 'Europe/Berlin',
  sources: [{ type: 'local-files', paths: ['./events/*.ndjson.gz'] }],
  archive: { type: 'file-system', directory: './reports' },
  policies: [{ name: 'production', match: { compartment: 'prod*' }, maxAge: '26h', severity: 'critical' }],
});

const [date] = process.argv.slice(2);
try {
  const { report, revision, location } = await makeDailyReport({
    configuration,
    ...(date !== undefined && { date }),
  });
  console.log(`${report.reportDay.date} r${revision}: ${report.status}, ${location}`);
  // Unknown is never green.
  if (report.status === 'INCOMPLETE') process.exitCode = 3;
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error([error.message, ...error.hints].join('\n'));
  process.exitCode = error.kind === 'usage' ? 2 : 4;
}
