import { writeFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { Mailer } from '../../src/ports/delivery.js';
import type { EventSource } from '../../src/ports/event-source.js';
import type { Renderer } from '../../src/ports/renderer.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { noRules } from '../../src/reports/backup-compliance/rules/rule-book.js';
import type { ReportKind } from '../../src/reports/report-kind.js';
import { backfillPlan, backupsBy } from './backfill-plan.js';
import { acceptedBy, keepingMailer } from './committed-day.js';
import { type MemoryArchive, createMemoryArchive } from './memory-archive.js';
import { memorySource } from './memory-source.js';

/** What a day is at: `judged`, `rendering`, `manifest`, `mail`. */
export interface Step {
  readonly what: 'judged' | 'rendering' | 'manifest' | 'mail';
  readonly date: string;
}

/** Called at each step, which waits for it. */
export type AtStep = (step: Step) => Promise<void> | void;

/** A plan with one slice and mail, whose judging tells its steps. */
export function slicedPlan(atStep: AtStep) {
  const recipients = [{ name: 'sales', match: { name: ['SALES'] }, to: ['sales@example.com'] }];
  const kind = backupsBy({ ...noRules, recipients });
  const told: ReportKind<DailyReport> = {
    ...kind,
    conclude: async (input) => {
      await atStep({ what: 'judged', date: input.day.date });
      return kind.conclude(input);
    },
  };
  const mail = {
    from: 'reports@example.com',
    to: ['ops@example.com'],
    attachWorkbook: false,
    maxMessageBytes: 1_000_000,
    linkExpiresMs: null,
  };
  return { ...backfillPlan, kind: told, mail };
}

/** Ports that tell their steps: page and workbook say what they are rendered from. */
export function toldPorts(records: readonly unknown[], atStep: AtStep, archive: MemoryArchive) {
  const renderer = (name: string): Renderer<DailyReport> => ({
    name,
    mediaType: 'text/plain',
    render: async ({ report, lines, edition }, path) => {
      const read = lines();
      if (report.slice === null || report.slice === undefined) {
        await atStep({ what: 'rendering', date: report.reportDay.date });
      }
      const all: string[] = [];
      for await (const some of read) all.push(some);
      await writeFile(path, `${JSON.stringify({ edition, report })}\n${all.join('')}`);
    },
  });
  const mailer: Mailer = keepingMailer([], async ({ recipients, messageId }) => {
    await atStep({ what: 'mail', date: dateIn(messageId) });
    return acceptedBy(recipients);
  });
  const sources: readonly EventSource[] = [memorySource(records)];
  return { archive, mailer, sources, renderers: [renderer('report.html'), renderer('report.xlsx')] };
}

/** An archive that tells when a manifest is there. */
export function toldArchive(atStep: AtStep, beforeCreate = async (_key: string) => {}): MemoryArchive {
  const archive = createMemoryArchive({ beforeCreate });
  return {
    ...archive,
    create: async (key, body, mediaType) => {
      const made = await archive.create(key, body, mediaType);
      if (key.endsWith('/manifest.json')) await atStep({ what: 'manifest', date: dateIn(key) });
      return made;
    },
  };
}

function dateIn(text: string): string {
  return (/\d{4}[-/]\d\d[-/]\d\d/.exec(text)?.[0] ?? '').replaceAll('/', '-');
}

/** Every file of the archive in base64, by its key. */
export async function contentOf(archive: MemoryArchive): Promise<Readonly<Record<string, string>>> {
  const content: Record<string, string> = {};
  for (const key of [...archive.keys()].sort()) {
    content[key] = Buffer.from((await archive.read(key)) ?? '').toString('base64');
  }
  return content;
}

/** Holds steps back and lets them go one at a time, in an order of dice. */
export class Gates {
  readonly #held: (() => void)[] = [];
  #isOpen = false;

  hold(): Promise<void> {
    if (this.#isOpen) return Promise.resolve();
    return new Promise((resolve) => this.#held.push(resolve));
  }

  /** Until `work` ends. @param pick of how many, which one goes next */
  async openWhile<T>(work: Promise<T>, pick: (below: number) => number): Promise<T> {
    const end = work.finally(() => {
      this.#isOpen = true;
    });
    while (!this.#isOpen) {
      for (let turns = pick(12); turns >= 0; turns -= 1) await setImmediate();
      if (this.#held.length > 0) this.#held.splice(pick(this.#held.length), 1)[0]?.();
    }
    return end;
  }
}
