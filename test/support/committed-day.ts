import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Manifest } from '../../src/model/manifest.js';
import type { Archive } from '../../src/ports/archive.js';
import type { Mailer, MailMessage, SendResult } from '../../src/ports/delivery.js';
import type { MailRenderer } from '../../src/ports/mail-renderer.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';

/** Puts a committed revision into an archive: the report, some jobs, and workbooks of these names. */
export async function commitDay(
  archive: Archive,
  report: DailyReport,
  {
    revision = 1,
    workbooks = ['report.xlsx'],
    jobs = [],
    manifest = {},
  }: {
    readonly revision?: number;
    readonly workbooks?: readonly string[];
    readonly jobs?: readonly object[];
    readonly manifest?: Partial<Manifest>;
  } = {},
): Promise<string> {
  const { plan, reportDay } = report;
  const prefix = `${plan}/${reportDay.date.replaceAll('-', '/')}/r${revision}/`;
  const files = new Map<string, Buffer>([
    ['report.json', Buffer.from(JSON.stringify(report))],
    ['jobs.ndjson.gz', gzipSync(jobs.map((job) => `${JSON.stringify(job)}\n`).join(''))],
    ...workbooks.map((name) => [name, Buffer.from(`workbook ${name}`)] as const),
  ]);
  const artefacts = [...files].map(([name, bytes]) => ({
    name,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    mediaType: 'application/octet-stream',
  }));
  const written = {
    schemaVersion: 1,
    plan,
    date: reportDay.date,
    revision,
    supersedes: null,
    generatedAt: report.generatedAt,
    status: report.status,
    contentDigest: 'none',
    artefacts,
    ...manifest,
  };
  files.set('manifest.json', Buffer.from(JSON.stringify(written)));
  for (const [name, bytes] of files) await archive.create(`${prefix}${name}`, { bytes }, 'text/plain');
  return prefix;
}

/** A mailer that keeps what it is given, and does with it what `send` says. */
export function keepingMailer(
  sent: MailMessage[],
  send: (message: MailMessage) => Promise<SendResult> = async ({ recipients }) => acceptedBy(recipients),
): Mailer {
  return {
    type: 'test',
    claimMs: 60_000,
    diagnose: async () => [],
    async send(message) {
      sent.push(message);
      return send(message);
    },
  };
}

export function acceptedBy(recipients: readonly string[]): SendResult {
  return { accepted: recipients, refused: [], location: null };
}

/** Says what it was given, so that a test can look at it. */
export const plainMailRenderer: MailRenderer<DailyReport> = {
  renderMail: async ({ report, revision, supersedes, attached }) => ({
    subject: `${report.slice?.name ?? 'whole'} r${revision}${supersedes ? ' revised' : ''}`,
    text: `Compliant: ${report.totals.compliant}\nJobs: ${report.jobTotals.total}\n\n=== Totals ===\nmore`,
    html: attached ? 'attached' : '',
    inline: [],
  }),
};
