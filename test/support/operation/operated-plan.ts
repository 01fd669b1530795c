import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays } from '../../../src/base/civil-dates.js';
import { hourMs } from '../../../src/base/time-units.js';
import { type CliResult, Project } from '../cli.js';
import { mainHere } from '../main-here.js';
import { bucketName, logSource } from '../oci-project.js';
import { type StandIn, startStandIn } from '../oci/stand-in.js';
import { databaseEvent } from '../raw-event.js';
import { scheduledPass } from '../scheduled-pass.js';
import type { Archived, SeenByOperator } from './failure-of-operation.js';
import { MailServer } from './mail-server.js';
import { scheduleWithClockSet } from './schedule-with-clock-set.js';

const prefix = 'compliance/';
const config = 'backup-report.yaml';
/** Enough for a report, and too little for two. */
const smallDiskKilobytes = 96;
const retentionRule = {
  displayName: 'reports',
  duration: { timeAmount: 7, timeUnit: 'YEARS' },
  timeRuleLocked: '2026-01-01T00:00:00Z',
} as const;

/** A plan over the stand-in that mails its reports; its archive is in a bucket, or on a small disk. */
export class OperatedPlan {
  readonly standIn: StandIn;
  readonly project: Project;
  readonly mail = new MailServer();
  /** In the zone of the plan, where it is about noon: yesterday has settled, and no day ends while a test runs. */
  readonly yesterday: string;
  /** By how much the clock of the schedule is set after its first pass; null: it is not. */
  setsClockMinutes: number | null = null;
  readonly #hoursAhead: number;
  readonly #hasDisk: boolean;

  private constructor(standIn: StandIn, project: Project, hasDisk: boolean) {
    this.standIn = standIn;
    this.project = project;
    this.#hasDisk = hasDisk;
    this.#hoursAhead = 12 - new Date().getUTCHours();
    this.yesterday = addDays(new Date(Date.now() + this.#hoursAhead * hourMs).toISOString().slice(0, 10), -1);
  }

  static async create({ hasDisk = false, isLocked = false } = {}): Promise<OperatedPlan> {
    const standIn = await startStandIn();
    standIn.objects.createBucket(bucketName, isLocked ? { retentionRule } : {});
    const made = new OperatedPlan(standIn, new Project(await mkdtemp(join(tmpdir(), 'operated-'))), hasDisk);
    await standIn.writeConfigFile(made.project.directory);
    await made.mail.start();
    await made.project.write(config, made.#configuration());
    if (hasDisk) {
      await mkdir(made.disk);
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${smallDiskKilobytes}k`, 'tmpfs', made.disk]);
    }
    return made;
  }

  dateOf(daysAgo: number): string {
    return addDays(this.yesterday, 1 - daysAgo);
  }

  get disk(): string {
    return join(this.project.directory, 'reports');
  }

  growDisk(): void {
    execFileSync('mount', ['-o', 'remount,size=64m', this.disk]);
  }

  /** A backup of two databases each day, told by the events of Log Analytics. */
  addDays(...daysAgo: readonly number[]): void {
    for (const ago of daysAgo) for (const name of ['erp', 'crm']) this.addBackup(name, ago);
  }

  addBackup(name: string, daysAgo: number): void {
    const date = this.dateOf(daysAgo);
    const timeMs = Date.parse(`${date}T03:00:00Z`) - this.#hoursAhead * hourMs;
    const event = databaseEvent('end', new Date(timeMs).toISOString(), {
      id: `${name}-${date}`,
      resourceId: `ocid1.dbbackup.oc1.iad.${name}${date.replaceAll('-', '')}`,
      details: { databaseId: `ocid1.database.oc1.iad.${name}`, dbUniqueName: name.toUpperCase() },
    });
    this.standIn.logs.addAll([{ source: logSource, timeMs: timeMs + 5000, event }]);
  }

  /** The command in this process; `schedule` as one of its own, which is ended after its first pass. */
  async call({ command }: Pick<SeenByOperator, 'command'>, ...more: readonly string[]): Promise<CliResult> {
    const { directory } = this.project;
    if (command === 'schedule' && this.setsClockMinutes !== null) {
      return scheduleWithClockSet(directory, config, this.setsClockMinutes);
    }
    if (command === 'schedule') {
      const { ended, stderr } = await scheduledPass(directory, config);
      return { code: typeof ended === 'number' ? ended : null, stdout: '', stderr };
    }
    const quiet = ['--log-level', 'silent'];
    return mainHere([command, ...more, ...quiet], directory, { SOURCE_DATE_EPOCH: undefined });
  }

  /** What there is of yesterday. */
  async archived(): Promise<Archived> {
    const files = await this.#filesOfYesterday();
    if (files.size === 0) return 'nothing';
    const newest = [...files.keys()]
      .filter((name) => name.endsWith('/manifest.json'))
      .sort()
      .at(-1);
    if (newest === undefined) return 'no manifest';
    const report = files.get(newest.replace('manifest.json', 'report.json'));
    const { status } = JSON.parse((await report?.())?.toString() ?? '{}') as { status?: Archived };
    return status ?? 'no manifest';
  }

  async remove(): Promise<void> {
    await this.mail.kill();
    await this.standIn.close();
    if (this.#hasDisk) execFileSync('umount', [this.disk]);
    await this.project.remove();
  }

  /** By name below the day, `r1/report.json`. */
  async #filesOfYesterday(): Promise<ReadonlyMap<string, () => Promise<Buffer>>> {
    const day = `daily/${this.yesterday.replaceAll('-', '/')}/`;
    const files = new Map<string, () => Promise<Buffer>>();
    if (this.#hasDisk) {
      for (const revision of await this.project.list(`reports/${day}`)) {
        for (const name of await this.project.list(`reports/${day}${revision}`)) {
          files.set(`${revision}/${name}`, () => this.project.read(`reports/${day}${revision}/${name}`));
        }
      }
      return files;
    }
    const { objects } = this.standIn;
    for (const name of objects.names(bucketName)) {
      if (!name.startsWith(`${prefix}${day}`)) continue;
      files.set(name.slice(prefix.length + day.length), async () => {
        return objects.get(bucketName, name) ?? Buffer.alloc(0);
      });
    }
    return files;
  }

  #configuration(): string {
    const { url, namespace } = this.standIn;
    const zone = `Etc/GMT${this.#hoursAhead > 0 ? '-' : '+'}${Math.abs(this.#hoursAhead)}`;
    const archive = this.#hasDisk
      ? '{ type: file-system, directory: ./reports, lease: 0s }'
      : `{ type: object-storage, endpoint: "${url}", bucket: ${bucketName}, prefix: ${prefix}, lease: 0s }`;
    return `plan: daily
timezone: ${zone}
lookbackDays: 1
sources:
  - type: log-analytics
    name: backup-events
    endpoint: "${url}"
    namespace: ${namespace}
    compartmentId: ocid1.compartment.oc1..prod
    pollInterval: 1ms
archive: ${archive}
mail:
  type: smtp
  host: 127.0.0.1
  port: ${this.mail.port}
  security: none
  deadline: 1s
  from: reports@example.com
  to: [ops@example.com]
auth: { type: config-file, file: ./config }
oci: { timeout: 60s, attempts: 4, firstDelay: 1ms, deadline: 600s }
schedule: { catchUpDays: 1, reconcileDays: 1 }
`;
  }
}
