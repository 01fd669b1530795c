import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, dateAt } from '../../src/base/civil-dates.js';
import { openScheduledPlan } from '../../src/cli/open-scheduled-plan.js';
import { resend } from '../../src/cli/resend.js';
import { daysInSight } from '../../src/schedule/schedule-days.js';
import { visitDay } from '../../src/schedule/visit-day.js';
import { wirePlan } from '../../src/wiring/wire-plan.js';
import { Project, defaultConfiguration, ndjson } from '../support/cli.js';
import { databaseEvent } from '../support/raw-event.js';
import { captured, oneLine, oneLineMail, runPlainly } from '../support/run-here.js';
import { themeHere } from '../support/theme-here.js';

const date = addDays(dateAt(Date.now(), 'UTC'), -1);
const folder = date.replaceAll('-', '/');
const event = databaseEvent('end', `${date}T02:00:00Z`, { id: 'e1' });

type Fields = Readonly<Record<string, unknown>>;

/** What the schedule logs of a day that is to be sent, and read again. */
async function scheduled(config: string): Promise<readonly (readonly [string, Fields])[]> {
  const lines: (readonly [string, Fields])[] = [];
  const log = {
    info: (fields: Fields, message: string) => void lines.push([message, fields]),
    warn: () => undefined,
  };
  const { plan } = await openScheduledPlan(config, log, async (loaded) => {
    const wired = await wirePlan(loaded, log, themeHere);
    const renderers = wired.ports.renderers.map(oneLine);
    return { ...wired, ports: { ...wired.ports, renderers, mailRenderer: oneLineMail } };
  });
  const each = daysInSight(plan, Date.now()).find(({ day }) => day.date === date);
  if (each === undefined) throw new Error('yesterday is not in sight');
  await visitDay(plan, each, true, {
    clock: { nowMs: Date.now, monotonicMs: () => 0, uptimeMs: () => 0, setTimer: () => () => undefined },
    log,
    observer: null,
    signal: new AbortController().signal,
    onArchive: () => undefined,
    onReport: () => undefined,
    onWork: async () => undefined,
  });
  return lines.filter(([message]) => message.startsWith('schedule: '));
}

const resent = (config: string, json: boolean) =>
  captured((output) => resend({ config, date, json, logLevel: 'silent' }, output));

describe.each([
  { what: 'with publicUrl', publicUrl: 'https://reports.example.com/b', isLinked: true },
  { what: 'without publicUrl', publicUrl: null, isLinked: false },
])('where a report is, in a plan $what', ({ publicUrl, isLinked }) => {
  let project: Project;
  let config: string;
  let location: string;
  const link = `${publicUrl}/daily/${folder}/r1/report.html`;

  beforeAll(async () => {
    const line = publicUrl === null ? '' : `publicUrl: ${publicUrl}\n`;
    project = await Project.create(
      { 'events/a.ndjson': ndjson([event]) },
      `${defaultConfiguration}settleDelay: 0s\n${line}`,
    );
    config = join(project.directory, 'backup-report.yaml');
    location = join(project.directory, 'reports/daily', folder, 'r1');
  });

  afterAll(() => project.remove());

  it('is said by run: the path, and the link under it', async () => {
    const { stdout } = await runPlainly(project.directory, date);
    expect(stdout).toContain(`  report     ${location} (revision 1)\n`);
    expect(stdout.includes(`(revision 1)\n  link       ${link}\n`)).toBe(isLinked);
    const { stdout: json } = await runPlainly(project.directory, date, [], { json: true });
    const answer = JSON.parse(json) as Fields;
    expect([answer['location'], answer['link']]).toEqual([location, isLinked ? link : undefined]);
  });

  it('is said by resend', async () => {
    const { stdout } = await resent(config, false);
    expect(stdout.includes(`  report     ${location}\n  link       ${link}\n`)).toBe(isLinked);
    const { location: path, link: page } = JSON.parse((await resent(config, true)).stdout) as Fields;
    expect([path, page]).toEqual(isLinked ? [location, link] : [undefined, undefined]);
  });

  it('is logged by the schedule, for a report that is sent and for one that is made', async () => {
    const revision = join(project.directory, 'reports/daily', folder, 'r1');
    for (const name of await readdir(revision)) {
      if (name.startsWith('delivery-')) await rm(join(revision, name));
    }
    const lines = await scheduled(config);
    expect(lines.map(([message]) => message)).toEqual(['schedule: report delivered', 'schedule: day done']);
    for (const [, fields] of lines) {
      expect([fields['location'], fields['link']]).toEqual([location, isLinked ? link : undefined]);
    }
  });
});
