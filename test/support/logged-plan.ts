import { generateKeyPairSync, sign } from 'node:crypto';
import { makeDailyReport } from '../../src/day/make-daily-report.js';
import { leafKey } from '../../src/day/log/log-files.js';
import type { DayPorts, DayRequest, DayResult, ReportPlan } from '../../src/day/report-plan.js';
import { sha256Hex } from '../../src/base/digest.js';
import type { Archive } from '../../src/ports/archive.js';
import type { MailMessage } from '../../src/ports/delivery.js';
import type { LogLeaf, LoggedRevision } from '../../src/transparency-log/log-leaf.js';
import type { NoteSigner } from '../../src/transparency-log/signed-note.js';
import { keepingMailer } from './committed-day.js';
import { english, quiet } from './judge-day.js';
import { dayOf } from './judge.js';
import { type LineCount, lineCountKind } from './line-count-kind.js';
import { memorySource } from './memory-source.js';

/** A plan that counts lines and sends mail: the quickest whose revisions are logged. */
export const loggedPlan: ReportPlan<LineCount> = {
  name: 'lines',
  kind: lineCountKind,
  tolerateRejected: 0,
  language: english,
  configurationDigest: 'none',
  madeBy: [],
  tool: { name: 'oci-backup-reporter', version: '0.0.0' },
  principal: 'nobody',
  leaseMs: 0,
  mail: {
    from: 'reports@example.com',
    to: ['all@example.com'],
    attachWorkbook: false,
    maxMessageBytes: 1_000_000,
    linkExpiresMs: null,
  },
};

/** Ports whose mails say nothing but their checkpoint. `extra`: lines of a day beside its first one. */
export function loggedPorts(
  archive: Archive,
  messages: MailMessage[] = [],
  over: Partial<DayPorts<LineCount>> & { readonly extra?: readonly string[] } = {},
): DayPorts<LineCount> {
  const { extra = [], ...ports } = over;
  const days = Array.from({ length: 30 }, (_, index) => `2026-11-${String(index + 1).padStart(2, '0')}`);
  const records = [...days, ...extra].map((text) => ({ text, time: `${text.slice(0, 10)}T08:00:00Z` }));
  return {
    sources: [memorySource(records)],
    renderers: [],
    archive,
    mailer: keepingMailer(messages),
    mailRenderer: {
      renderMail: async ({ checkpoint }) => ({
        subject: 'lines',
        text: checkpoint === undefined ? 'silent' : (checkpoint ?? 'no checkpoint'),
        html: '',
        inline: [],
      }),
    },
    channels: [],
    clock: { nowMs: () => Date.parse('2026-12-01T00:00:00Z'), sleep: async () => undefined },
    log: quiet,
    ...ports,
  };
}

export async function makeLogged(
  ports: DayPorts<LineCount>,
  date: string,
  over: Partial<DayRequest<LineCount>> = {},
): Promise<DayResult<LineCount>> {
  const day = dayOf(date);
  return makeDailyReport(loggedPlan, { day, generatedAtMs: day.cutOffMs + 6 * 3_600_000, ...over }, ports);
}

/** A manifest of a day, as of a process that was stopped before its leaf. */
export async function commitUnlogged(archive: Archive, date: string, revision = 1, plan = 'lines') {
  const prefix = `${plan}/${date.replaceAll('-', '/')}/r${revision}/`;
  const manifestKey = `${prefix}manifest.json`;
  const bytes = Buffer.from(JSON.stringify({ plan, date, revision }));
  await archive.create(manifestKey, { bytes }, 'application/json');
  const logged: LoggedRevision = { plan, date, revision, manifestKey, manifestSha256: sha256Hex(bytes) };
  return { ...logged, prefix };
}

/** `2026-11-19 r1` of each leaf, in order, until there is none. */
export async function leavesOf(archive: Archive, plan = 'lines'): Promise<readonly string[]> {
  const leaves: string[] = [];
  for (;;) {
    const bytes = await archive.read(leafKey(plan, leaves.length));
    if (bytes === null) return leaves;
    const { date, revision } = JSON.parse(Buffer.from(bytes).toString()) as LogLeaf;
    leaves.push(`${date} r${revision}`);
  }
}

/** A key that signs. */
export function makeSigner(name = 'example.com/lines'): NoteSigner {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    name,
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32),
    sign: async (bytes) => sign(null, bytes, privateKey),
  };
}
