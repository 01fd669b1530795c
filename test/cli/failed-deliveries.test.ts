import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { backfill } from '../../src/cli/backfill.js';
import { resend } from '../../src/cli/resend.js';
import { run } from '../../src/cli/run.js';
import { Project, defaultConfiguration, ndjson } from '../support/cli.js';
import { HttpListener } from '../support/http-listener.js';
import { databaseEvent } from '../support/raw-event.js';
import { captured } from '../support/run-here.js';

const date = '2026-11-19';
const event = databaseEvent('end', `${date}T02:00:00Z`, { id: 'e1' });
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
const refusing = ['a', 'b', 'c', 'd', 'e'];

interface Answer {
  readonly location: string;
  readonly delivery: { readonly kind: string };
  readonly notices: readonly { readonly name: string; readonly kind: string; readonly reason?: string }[];
}

describe('five of nine channels refused', () => {
  let project: Project;
  let listener: HttpListener;

  beforeAll(async () => {
    listener = await HttpListener.start();
    const channels = names.map(
      (name) => `  - { type: webhook, name: ${name}, url: "http://${listener.host}/${name}" }\n`,
    );
    const configuration = `${defaultConfiguration}channels:\n${channels.join('')}`;
    project = await Project.create({ 'events/a.ndjson': ndjson([event]) }, configuration);
    refuse(refusing.length);
    await captured((output) => run(common(), output));
  });

  afterAll(async () => {
    await listener.close();
    await project.remove();
  });

  beforeEach(() => {
    listener.heard.length = 0;
    listener.answers.length = 0;
  });

  const refuse = (times: number): void => {
    for (let time = 0; time < times; time += 1) listener.answers.push({ status: 410, body: 'gone' });
  };
  const common = () => ({ config: join(project.directory, 'backup-report.yaml'), logLevel: 'silent', date });
  const range = () => ({ ...common(), from: date, to: date, ahead: 0 });
  const again = () => `backup-report run --date ${date} --config ${project.directory}/backup-report.yaml`;
  const reasonOf = (name: string): string => `channel ${name}: ${listener.host} answered 410: gone`;

  it('run --json: each with its reason, and where the report is', async () => {
    refuse(refusing.length);
    const { code, stdout, stderr } = await captured((output) => run({ ...common(), json: true }, output));
    const answer: Answer = JSON.parse(stdout);
    expect([code, answer.location, answer.delivery.kind]).toEqual([
      4,
      expect.stringContaining('/reports/daily/2026/11/19/r1'),
      'already-delivered',
    ]);
    expect(answer.notices.map(({ name, kind, reason }) => [name, kind, reason])).toEqual(
      names.map((name) =>
        refusing.includes(name) ? [name, 'refused', reasonOf(name)] : [name, 'already-delivered', undefined],
      ),
    );
    for (const name of refusing) expect(stderr).toContain(`backup-report: ${reasonOf(name)}\n`);
    expect(listener.heard.map(({ url }) => url)).toEqual(refusing.map((name) => `/${name}`));
  });

  it('run: the summary, each refusal, where the report is, and what sends it', async () => {
    refuse(refusing.length);
    const { code, stdout } = await captured((output) => run(common(), output));
    expect([code, stdout]).toEqual([
      4,
      expect.stringMatching(/report {5}\/.*\/r1\/? \(revision 1, unchanged\)/),
    ]);
    for (const name of refusing) {
      expect(stdout).toContain(`  channel    ${name}: refused\n             ${reasonOf(name)}\n`);
    }
    expect(stdout).toContain(`  -> To send it to those who do not have it: ${again()}\n`);
    expect(stdout).toContain(`  -> To send it to everybody again: ${again().replace(' run ', ' resend ')}\n`);
  });

  it('backfill without --mail: not done, and nobody is told', async () => {
    const { code, stdout } = await captured((output) => backfill(range(), output));
    expect([code, listener.heard]).toEqual([4, []]);
    expect(stdout).toMatch(/2026-11-19 {2}archived at \/.*\/r1\/?, not delivered yet\n/);
    expect(stdout).toContain(`  UNDELIVERED ${date}\n  -> The same command with --mail delivers`);
    expect(stdout).toContain(again());
  });

  it('backfill --mail: the summary with each refusal, and JSON', async () => {
    refuse(refusing.length);
    const { code, stdout } = await captured((output) => backfill({ ...range(), mail: true }, output));
    expect(code).toBe(4);
    expect(stdout).toMatch(/2026-11-19 {2}archived at \/.*\/r1\/?, not delivered to everybody\n/);
    for (const name of refusing) expect(stdout).toContain(`\n              ${reasonOf(name)}\n`);
    expect(stdout).toContain(again());

    refuse(refusing.length);
    const asked = { ...range(), mail: true, json: true };
    const json = await captured((output) => backfill(asked, output));
    const { undelivered, days } = JSON.parse(json.stdout) as { undelivered: number; days: Answer[] };
    expect([json.code, undelivered, days[0]?.notices.length]).toEqual([4, 1, names.length]);
    expect(days[0]?.notices.filter(({ kind }) => kind === 'refused').map(({ name }) => name)).toEqual(
      refusing,
    );
  });

  it('resend: each refusal, too', async () => {
    refuse(refusing.length);
    const { code, stdout } = await captured((output) => resend(common(), output));
    expect([code, stdout]).toEqual([4, expect.stringContaining('whole report: delivered')]);
    for (const name of refusing) expect(stdout).toContain(reasonOf(name));
  });

  it('told when they answer again: with 0, and nobody twice', async () => {
    const { code, stdout } = await captured((output) => backfill({ ...range(), mail: true }, output));
    expect([code, listener.heard.map(({ url }) => url)]).toEqual([0, refusing.map((name) => `/${name}`)]);
    expect(stdout).not.toContain('->');
    expect((await captured((output) => backfill(range(), output))).code).toBe(0);
  });
});

describe('a backfill that breaks off, with --json', () => {
  it('says why beside the days that it made', async () => {
    const project = await Project.create({ 'events/a.ndjson': ndjson([event]), reports: 'a file' });
    const config = join(project.directory, 'backup-report.yaml');
    const asked = { config, logLevel: 'silent', json: true, from: date, to: date, ahead: 0 };
    try {
      const { code, stdout } = await captured((output) => backfill(asked, output));
      const failure = { kind: 'storage', exitCode: 4, message: expect.any(String) };
      expect([code, JSON.parse(stdout)]).toEqual([
        4,
        expect.objectContaining({ days: [], failure: expect.objectContaining(failure) }),
      ]);
    } finally {
      await project.remove();
    }
  });
});
