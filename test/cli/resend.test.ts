import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ParsedMail, simpleParser } from 'mailparser';
import { resend } from '../../src/cli/resend.js';
import { Project, defaultConfiguration, ndjson } from '../support/cli.js';
import { HttpListener } from '../support/http-listener.js';
import { databaseEvent } from '../support/raw-event.js';
import { captured, runPlainly } from '../support/run-here.js';
import { Relay } from '../support/smtp-relay.js';

const date = '2026-11-19';
const event = databaseEvent('end', `${date}T02:00:00Z`, { id: 'e1' });

const told = ({ messageId, subject, text, attachments }: ParsedMail) => ({
  messageId,
  subject,
  text,
  attachments: attachments.map(({ content }) => content.toString('base64')),
});

describe('resend', () => {
  let project: Project;
  let listener: HttpListener;
  let answers: string[];
  let firstMails: readonly ParsedMail[];
  let seen: ReadonlySet<string>;

  // One report for all: making it takes the longest, and no resend changes it.
  beforeAll(async () => {
    listener = await HttpListener.start();
    const configuration = `${defaultConfiguration}recipients:
  - { name: team, match: {}, to: [team@example.com] }
channels:
  - { type: webhook, name: ops, url: "http://${listener.host}/hook" }
`;
    project = await Project.create({ 'events/a.ndjson': ndjson([event]) }, configuration);
    seen = new Set();
    await runPlainly(project.directory, date, ['mail']);
    firstMails = await newMails();
  });

  beforeEach(async () => {
    answers = [];
    seen = new Set(await project.list('outbox'));
  });

  afterAll(async () => {
    await listener.close();
    await project.remove();
  });

  const output = { answer: (text: string) => void answers.push(text), note: () => undefined };
  const common = (config = 'backup-report.yaml') => ({
    config: join(project.directory, config),
    date,
    logLevel: 'silent',
  });

  async function newMails(): Promise<ParsedMail[]> {
    const names = (await project.list('outbox')).filter((name) => !seen.has(name));
    return Promise.all(names.map(async (name) => simpleParser(await project.read(`outbox/${name}`))));
  }

  it('sends whole report and slices again, as they were but for the note', async () => {
    expect(await resend(common(), output)).toBe(0);

    const again = await newMails();
    expect(again.map(({ headers }) => headers.get('x-resent'))).toEqual(['by hand', 'by hand']);
    expect(again.map(told)).toEqual(firstMails.map(told));
    expect(answers.at(-1)).toMatch(
      /^daily {2}2026-11-19 {2}revision 1\n {2}mail {7}whole report: delivered, .*\.eml\n {2}mail {7}team: delivered, .*\.eml\n {2}channel {4}ops: already-delivered$/,
    );
    expect(listener.heard).toHaveLength(1);
  });

  it('sends the whole report to an address alone, and answers in JSON', async () => {
    expect(await resend({ ...common(), to: ['auditor@example.com'], json: true }, output)).toBe(0);

    const again = await newMails();
    expect(again.map(({ to }) => to)).toEqual([expect.objectContaining({ text: 'auditor@example.com' })]);
    expect(JSON.parse(answers.at(-1) ?? '')).toEqual({
      plan: 'daily',
      date,
      revision: 1,
      delivery: { kind: 'delivered', location: expect.stringMatching(/\.eml$/) },
      sliceDeliveries: [],
      notices: [],
    });
  });

  it('ends with 4 when a recipient is refused', async () => {
    const relay = await Relay.start();
    try {
      const smtp = `mail:
  type: smtp
  host: 127.0.0.1
  port: ${relay.port}
  security: none
  from: reports@example.com
  to: [ops@example.com, gone@example.com]
`;
      await project.write('other.yaml', defaultConfiguration.replace(/mail:\n[^]*$/, smtp));
      relay.refuse('rcpt', 550, '5.1.1 no such user', 1, 'gone@example.com');

      expect(await resend(common('other.yaml'), output)).toBe(4);
      expect(answers.at(-1)).toContain('whole report: refused');
      expect(relay.received.map(({ to }) => to)).toEqual([['ops@example.com']]);
    } finally {
      await relay.close();
    }
  });

  it('ends with 2 where there is no such day, no address or no mail', async () => {
    const { code, stderr } = await captured((to) => resend({ ...common(), date: '2026-11-18' }, to));
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(
        /^backup-report: --date 2026-11-18: there is no report of this day in the archive: .*\n {2}-> Make one with/,
      ),
    });
    await expect(resend({ ...common(), to: ['nobody'] }, output)).rejects.toMatchObject({ kind: 'usage' });
    await expect(resend({ ...common(), date: '2026-02-30' }, output)).rejects.toMatchObject({
      kind: 'usage',
    });
    await project.write('silent.yaml', defaultConfiguration.replace(/mail:\n[^]*$/, ''));
    await expect(resend(common('silent.yaml'), output)).rejects.toMatchObject({ kind: 'usage' });
  });
});
