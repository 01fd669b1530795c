import { type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, rm } from 'node:fs/promises';
import { type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { addDays, dateAt } from '../../src/base/civil-dates.js';
import { dayMs, hourMs } from '../../src/base/time-units.js';
import { Project, ndjson, runCli } from '../support/cli.js';
import { deployPath } from '../support/deploy-files.js';
import { backupOf } from '../support/named-databases.js';
import {
  type AlertRule,
  type Firing,
  type Held,
  type Scrape,
  faultsOf,
  metricsOf,
  promtool,
  shippedAlerts,
  shippedPanels,
  without,
} from '../support/prometheus.js';
import { RunningSchedule } from '../support/running-schedule.js';

/* Prometheus' own tool judges the shipped rules over what real processes answer. How long a state lasts is made up: nobody waits for it. */

const hasPromtool = promtool(['--version']).status === 0;
const projects: Project[] = [];
const processes: ChildProcess[] = [];
const hooks: Hook[] = [];
/** What was scraped, by test. */
const scraped: Scrape[] = [];

afterEach(async () => {
  for (const each of processes.splice(0)) each.kill('SIGKILL');
  for (const each of hooks.splice(0)) each.close();
  for (const each of projects.splice(0)) await each.remove();
});

/** A zone in which it is about noon: no test runs over the end of a day. */
const zone = ((): string => {
  const offset = 12 - new Date().getUTCHours();
  return offset === 0 ? 'Etc/GMT' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
})();
const dateOf = (daysAgo: number): string => addDays(dateAt(Date.now(), zone), -daysAgo);

/** Where notices go. It answers when, and as, it is told to. */
class Hook {
  /** Answers at once with this status; null: not before it is told. */
  status: number | null = 200;
  readonly #waiting: ServerResponse[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      request.resume();
      if (this.status === null) this.#waiting.push(response);
      else response.writeHead(this.status).end();
    });
  }

  static async start(): Promise<Hook> {
    const hook = new Hook();
    hook.#server.listen(0, '127.0.0.1');
    await once(hook.#server, 'listening');
    hooks.push(hook);
    return hook;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  asked(): Promise<unknown> {
    return once(this.#server, 'request');
  }

  answer(status: number): void {
    this.status = status;
    for (const each of this.#waiting.splice(0)) each.writeHead(status).end();
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

interface Over {
  readonly schedule?: string;
  readonly paths?: string;
  readonly more?: string;
  readonly settleDelay?: string;
  readonly archive?: string;
}

function configuration({ schedule = '', paths = '"./events/*"', more = '', ...over }: Over = {}): string {
  return `plan: daily
timezone: ${zone}
settleDelay: ${over.settleDelay ?? '0s'}
sources: [{ type: local-files, paths: [${paths}] }]
archive: { type: file-system, directory: ${over.archive ?? './reports'}, lease: 0s }
schedule: { ${schedule === '' ? 'catchUpDays: 1' : schedule} }
policies: [{ name: all, match: { name: "*" }, severity: critical }]
${more}`;
}

const channel = ({ url }: Hook): string =>
  `channels: [{ type: webhook, name: hook, url: "${url}", timeout: 10m }]\n`;

/** With a backup of each of the last days. */
async function project(over: Over = {}, state = 'ACTIVE'): Promise<Project> {
  const backups = [6, 5, 4, 3, 2, 1].map((daysAgo) => {
    const time = new Date(Date.now() - daysAgo * dayMs).toISOString();
    return backupOf('ERPPRD', { time, state });
  });
  const made = await Project.create({ 'events/a.ndjson': ndjson(backups) }, configuration(over));
  projects.push(made);
  return made;
}

interface Service extends RunningSchedule {
  readonly url: string;
}

async function start({ directory }: Project): Promise<Service> {
  const running = RunningSchedule.start(directory, ['--health-port', '0']);
  processes.push(running.child);
  const { url } = await running.logged('schedule: health');
  return Object.assign(running, { url: String(url) });
}

async function scrape({ url }: Service): Promise<Scrape> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const taken = { text, atMs: Date.now() };
  scraped.push(taken);
  return taken;
}

/** The report of a day by `run`. @param atMs when it is made; absent: now */
async function makeReport({ directory }: Project, date: string, atMs?: number): Promise<void> {
  const epoch = atMs === undefined ? undefined : String(atMs / 1000);
  const { code, stderr } = await runCli(['run', '--date', date], {
    cwd: directory,
    env: { SOURCE_DATE_EPOCH: epoch },
  });
  // INCOMPLETE, or not delivered: it is made all the same.
  if (code === null || ![0, 3, 4].includes(code)) throw new Error(stderr);
}

/** Puts the archive back as it is now: who was killed while it sent has claimed the message for a while. */
async function keepArchive({ directory }: Project): Promise<() => Promise<void>> {
  const [there, kept] = [join(directory, 'reports'), join(directory, 'kept')];
  await cp(there, kept, { recursive: true });
  return async () => {
    await rm(there, { recursive: true });
    await cp(kept, there, { recursive: true });
  };
}

/** A schedule over this project after its first pass. */
async function afterPass(made: Project): Promise<readonly [Service, Scrape]> {
  const service = await start(made);
  await service.logged('schedule: pass done');
  return [service, await scrape(service)];
}

async function healthy(): Promise<Scrape> {
  const hook = await Hook.start();
  const [service, taken] = await afterPass(await project({ more: channel(hook) }));
  await service.stop();
  return taken;
}

/** Each day as the one that was scraped: as a service is in which nothing happens. */
function forHours(hours: number, taken: Scrape): readonly Held[] {
  return Array.from({ length: hours / 6 }, () => ({ scrape: taken, minutes: 6 * 60 }));
}

const never = 'vector(1) > 2';

/** One rule alone, with another expression. */
function broken(alert: string, expr: string): readonly AlertRule[] {
  return shippedAlerts().flatMap((rule) => (rule.alert === alert ? [{ ...rule, expr }] : []));
}

/** What is wrong with this: at these minutes these rules fire and no others; and each is missed where it is broken. */
async function wrongWith(
  held: readonly Held[],
  expected: Readonly<Record<number, readonly Firing[]>>,
): Promise<readonly string[]> {
  const at = Object.entries(expected).map(([minute, firing]) => [Number(minute), firing] as const);
  const wrong = [await faultsOf(held, new Map(at))];
  for (const name of new Set(at.flatMap(([, firing]) => firing.map(({ alert }) => alert)))) {
    const only = at.map(
      ([minute, firing]) => [minute, firing.filter(({ alert }) => alert === name)] as const,
    );
    const missed = await faultsOf(held, new Map(only), broken(name, never));
    if (!missed.includes(name)) wrong.push(`nobody misses ${name}`);
  }
  return wrong.filter((each) => each !== '');
}

const late: Firing = { alert: 'BackupReportLate' };
const none: Firing = { alert: 'BackupReportNone' };
const incomplete: Firing = { alert: 'BackupReportIncomplete' };
const refused: Firing = { alert: 'BackupReportRefused' };
const noSuccess: Firing = { alert: 'BackupReportNoSuccess' };
const noSuccessYet: Firing = { alert: 'BackupReportNoSuccessYet' };
const givenUp: Firing = { alert: 'BackupReportPassGivenUp' };
const unknown: Firing = { alert: 'BackupReportUnknown' };
const noPlan = { plan: undefined };

describe.skipIf(!hasPromtool)('of the shipped alerts', () => {
  it('none fires for a service that is well, and none when it is started again', async () => {
    const hook = await Hook.start();
    const made = await project({ more: channel(hook) });
    const [first, before] = await afterPass(made);
    expect(before.text).toContain('deliveries_total{plan="daily",kind="delivered"} 1');
    await first.stop();
    const [, after] = await afterPass(made);
    expect(after.text).toContain('deliveries_total{plan="daily",kind="delivered"} 0');
    const held: readonly Held[] = [
      ...forHours(48, before),
      { scrape: 'down', minutes: 5 },
      ...forHours(48, after),
    ];
    expect(await wrongWith(held, { 1: [], 60: [], 2879: [], 2884: [], 2886: [], 5760: [] })).toEqual([]);
    for (const { alert } of shippedAlerts()) {
      const rules = broken(alert, 'backup_report_passes_left_behind == 0');
      expect(await faultsOf(held, new Map([[5760, []]]), rules)).toContain(alert);
    }
  });

  it('that of a service that is down fires: it does not answer, something else does, nothing is scraped', async () => {
    const [service, before] = await afterPass(await project());
    const begun = forHours(6, before);
    await service.stop();
    await expect(fetch(service.url)).rejects.toThrow('fetch failed');
    const down: Firing = { alert: 'BackupReportDown', labels: noPlan };
    const elsewhere: Scrape = { text: 'other_metric 1\n', atMs: Date.now() };
    expect(
      await wrongWith([...begun, { scrape: 'down', minutes: 30 }], { 355: [], 365: [], 380: [down] }),
    ).toEqual([]);
    expect(await wrongWith([...begun, { scrape: elsewhere, minutes: 30 }], { 380: [down] })).toEqual([]);
    const absent = { ...down, labels: { ...noPlan, instance: undefined } };
    expect(await wrongWith([...begun, { scrape: 'unscraped', minutes: 30 }], { 380: [absent] })).toEqual([]);
  });

  it('that of a late report fires while a pass hangs, also when the process is started again', async () => {
    const hook = await Hook.start();
    hook.status = 410;
    const made = await project({ more: channel(hook), schedule: 'catchUpDays: 4' });
    await makeReport(made, dateOf(3));
    hook.status = null;
    const putBack = await keepArchive(made);
    const scrapes: Scrape[] = [];
    for (const _time of [1, 2]) {
      await putBack();
      const asked = hook.asked();
      const service = await start(made);
      await asked;
      scrapes.push(await scrape(service));
      await service.stop('SIGKILL');
    }
    const [first, again] = scrapes.map((each): Held => ({ scrape: each, minutes: 30 }));
    if (first === undefined || again === undefined) throw new Error('there are two');
    const held: readonly Held[] = [first, { scrape: 'down', minutes: 3 }, again];
    expect(await wrongWith(held, { 9: [], 15: [late], 60: [late] })).toEqual([]);
  });

  it('that of no report fires after a day: where nothing is due yet, where days fail, where the archive is away', async () => {
    // At noon, the day before yesterday ended 36 hours ago.
    const early = await project({ settleDelay: '42h', schedule: 'catchUpDays: 2' });
    const [, nothing] = await afterPass(early);
    expect(await wrongWith(forHours(30, nothing), { 1439: [], 1445: [none] })).toEqual([]);

    const failing = await project();
    await failing.write('reports/daily', 'a file where a folder must be');
    const [service, away] = await afterPass(failing);
    expect(service.seen.join('\n')).toContain('schedule: day failed');
    const held = [...forHours(12, away), { scrape: 'down' as const, minutes: 4 }, ...forHours(30, away)];
    expect(
      await wrongWith(held, { 600: [], 1500: [none, unknown], 2300: [none, unknown, noSuccessYet] }),
    ).toEqual([]);
  });

  it('that of an INCOMPLETE report fires at once; after 36 hours, that none was COMPLETE', async () => {
    const made = await project({ paths: '"./events/*", "./absent/*"' });
    const [first, before] = await afterPass(made);
    await first.stop();
    const [, after] = await afterPass(made);
    const held = [...forHours(6, before), { scrape: 'down' as const, minutes: 3 }, ...forHours(42, after)];
    expect(
      await wrongWith(held, { 1: [incomplete], 370: [incomplete], 2400: [incomplete, noSuccessYet] }),
    ).toEqual([]);
  });

  it('that of no success fires after a restart by the newest COMPLETE report, and later ones are INCOMPLETE', async () => {
    const made = await project();
    const offsetMs = Date.parse(`${dateOf(0)}T12:00:00Z`) - Math.floor(Date.now() / hourMs) * hourMs;
    const endOf = (daysAgo: number): number => Date.parse(`${dateOf(daysAgo - 1)}T00:00:00Z`) - offsetMs;
    await makeReport(made, dateOf(3), endOf(3));
    await made.write('backup-report.yaml', configuration({ paths: '"./events/*", "./absent/*"' }));
    await makeReport(made, dateOf(2));
    const [, taken] = await afterPass(made);
    expect(await wrongWith(forHours(6, taken), { 5: [incomplete], 15: [incomplete, noSuccess] })).toEqual([]);
  });

  it('that of critical resources fires, also where severities are not known, and says how many', async () => {
    const made = await project({}, 'FAILED');
    const [, taken] = await afterPass(made);
    const critical: Firing = { alert: 'BackupReportCritical', value: 1 };
    expect(await wrongWith(forHours(6, taken), { 1: [critical] })).toEqual([]);
    const unsaid = without(taken, 'backup_report_resources_noncompliant');
    const judged = { ...critical, labels: { verdict: 'NON_COMPLIANT' } };
    expect(await wrongWith(forHours(6, unsaid), { 1: [judged] })).toEqual([]);
  });

  it('that of missing days fires after 6 hours, also over a restart, and says how many', async () => {
    const made = await project();
    await makeReport(made, dateOf(5));
    await makeReport(made, dateOf(1));
    await made.write('backup-report.yaml', configuration({ more: 'maxBridgeDays: 1\n' }));
    const [first, before] = await afterPass(made);
    await first.stop();
    const [, after] = await afterPass(made);
    const value = Number(/^backup_report_missing_reports\S* (\d+)$/m.exec(before.text)?.[1]);
    expect(value).toBeGreaterThan(0);
    const held: readonly Held[] = [
      { scrape: before, minutes: 200 },
      { scrape: 'down', minutes: 3 },
      { scrape: after, minutes: 200 },
    ];
    const missing: Firing = { alert: 'BackupReportMissing', value };
    expect(await wrongWith(held, { 355: [], 365: [missing], 400: [missing] })).toEqual([]);
  });

  it('that of a refused delivery fires: from 0, and where the first scrape came after it, also when started again', async () => {
    const hook = await Hook.start();
    hook.status = null;
    const made = await project({ more: channel(hook) });
    const asked = hook.asked();
    const first = await start(made);
    await asked;
    const at0 = await scrape(first);
    expect(at0.text).toContain('deliveries_total{plan="daily",kind="failed"} 0');
    hook.answer(410);
    await first.logged('schedule: pass done');
    const at1 = await scrape(first);
    await first.stop();
    const [, again] = await afterPass(made);
    const counted: readonly Held[] = [
      { scrape: at0, minutes: 120 },
      { scrape: at1, minutes: 120, goesOn: true },
    ];
    expect(await wrongWith(counted, { 119: [], 125: [refused], 185: [] })).toEqual([]);
    const seenLate: readonly Held[] = [
      { scrape: at1, minutes: 120 },
      { scrape: 'down', minutes: 3 },
      { scrape: again, minutes: 120 },
    ];
    expect(await wrongWith(seenLate, { 5: [refused], 65: [], 126: [refused], 190: [] })).toEqual([]);
  });

  it('that of a pass given up fires: from 0, and where the first scrape came after it, also when started again', async () => {
    const hook = await Hook.start();
    hook.status = 410;
    const schedule = 'catchUpDays: 1, passDeadline: 2s, retryAfter: 1h';
    // Each is given up half a minute after its deadline: at the same time, with an archive of its own.
    const both = [];
    for (const _time of [1, 2]) {
      const made = await project({ more: channel(hook), schedule });
      await makeReport(made, dateOf(1));
      both.push(made);
    }
    hook.status = null;
    const asked = hook.asked();
    const [first, second] = await Promise.all(both.map(start));
    if (first === undefined || second === undefined) throw new Error('there are two');
    await asked;
    const at0 = await scrape(first);
    await Promise.all([first, second].map((each) => each.logged('schedule: pass given up')));
    const at1 = await scrape(first);
    const again = await scrape(second);
    const counted: readonly Held[] = [
      { scrape: at0, minutes: 120 },
      { scrape: at1, minutes: 120, goesOn: true },
    ];
    expect(await wrongWith(counted, { 119: [], 125: [givenUp] })).toEqual([]);
    const seenLate: readonly Held[] = [
      { scrape: at1, minutes: 400 },
      { scrape: 'down', minutes: 3 },
      { scrape: again, minutes: 60 },
    ];
    expect(await wrongWith(seenLate, { 5: [givenUp], 365: [], 410: [givenUp] })).toEqual([]);
  });

  it('one fires for each metric that is not there', async () => {
    const taken = await healthy();
    const fires: Readonly<Record<string, readonly Firing[]>> = {
      up: [],
      backup_report_passes_left_behind: [{ alert: 'BackupReportDown', labels: noPlan }],
      backup_report_newest_report_cutoff_timestamp_seconds: [none],
      backup_report_newest_report_complete: [none],
      backup_report_missing_reports: [unknown],
      backup_report_deliveries_total: [unknown],
      backup_report_start_timestamp_seconds: [unknown],
      backup_report_passes_given_up_total: [unknown],
      backup_report_last_success_timestamp_seconds: [noSuccessYet],
      // Each is there for the other; not every kind of report judges resources.
      backup_report_resources_noncompliant: [],
      backup_report_resources_judged: [],
    };
    const used = new Set(shippedAlerts().flatMap(({ expr }) => metricsOf(expr)));
    expect(Object.keys(fires).sort()).toEqual([...used].sort());
    for (const [name, firing] of Object.entries(fires)) {
      expect(await wrongWith(forHours(42, without(taken, name)), { 2400: firing })).toEqual([]);
    }
  });
});

describe.skipIf(!hasPromtool)('promtool itself', () => {
  it('finds no fault with the rules, and would', () => {
    const [rules, other] = [deployPath('prometheus/alerts.yml'), deployPath('grafana/dashboard.json')];
    expect(promtool(['check', 'rules', rules])).toMatchObject({ status: 0, stderr: '' });
    expect(promtool(['check', 'rules', other]).status).not.toBe(0);
  });

  it('finds no fault with what any of these services answered, and would', () => {
    expect(scraped.length).toBeGreaterThan(15);
    for (const { text } of scraped) {
      expect(promtool(['check', 'metrics'], text)).toEqual(
        expect.objectContaining({ status: 0, stdout: '', stderr: '' }),
      );
    }
    const untold = (scraped[0]?.text ?? '').replace(/^# HELP backup_report_reports_total.*\n/m, '');
    expect(promtool(['check', 'metrics'], untold).status).not.toBe(0);
  });

  it('finds an answer for each panel of the dashboard, and would miss one', async () => {
    const taken = await healthy();
    const rules = shippedPanels().map(([title, expr]) => ({
      alert: title.replaceAll(/\W/g, '_'),
      expr: `absent(${expr})`,
      labels: {},
      annotations: { summary: title },
    }));
    expect(rules.length).toBeGreaterThan(8);
    const quiet = new Map([[1440, []]]);
    expect(await faultsOf(forHours(30, taken), quiet, rules)).toBe('');
    for (const { alert, expr } of rules) {
      const [name = ''] = metricsOf(expr);
      expect(await faultsOf(forHours(30, without(taken, name)), quiet, rules)).toContain(alert);
    }
  });
});
