import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { chmod, readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Project, ndjson } from '../support/cli.js';
import { deployPath, deployText, loadText } from '../support/deploy-files.js';
import { databaseEvent } from '../support/raw-event.js';

const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));

let project: Project;
let child: ChildProcess | null;

/** The function as the service starts it: with the program on the path, and a socket to listen on. */
async function started(program = `exec "${process.execPath}" "${main}" "$@"`): Promise<void> {
  await project.write('bin/backup-report', `#!/bin/sh\n${program}\n`);
  await chmod(join(project.directory, 'bin/backup-report'), 0o755);
  child = spawn(process.execPath, [deployPath('functions/func.js')], {
    cwd: project.directory,
    env: {
      PATH: `${project.directory}/bin:${process.env['PATH']}`,
      FN_FORMAT: 'http-stream',
      FN_LISTENER: `unix:${project.directory}/socket`,
      SOURCE_DATE_EPOCH: '1795600000',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const watcher = watch(project.directory);
  while (!(await readdir(project.directory)).includes('socket')) await once(watcher, 'change');
  watcher.close();
}

/** A call as the service makes it. */
async function call(
  input: object,
  deadlineMs = Date.now() + 300_000,
): Promise<{ status: number; body: string }> {
  const calling = request({
    socketPath: join(project.directory, 'socket'),
    path: '/call',
    method: 'POST',
    headers: { 'fn-deadline': new Date(deadlineMs).toISOString(), 'fn-call-id': '1' },
  });
  calling.end(JSON.stringify(input));
  const [response] = await once(calling, 'response');
  let body = '';
  for await (const part of response) body += String(part);
  return { status: response.statusCode, body };
}

beforeEach(async () => {
  child = null;
  const event = databaseEvent('end', '2026-11-19T02:00:00Z', { id: 'a' });
  project = await Project.create({ 'events/a.ndjson': ndjson([event]) });
});

afterEach(async () => {
  if (child !== null) {
    const ended = once(child, 'close');
    child.kill();
    await ended;
  }
  await project.remove();
});

describe('the function', () => {
  it('makes the report of a day, and answers with what run prints', async () => {
    await started();
    const { status, body } = await call({ date: '2026-11-19' });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ exitCode: 0, answer: { status: 'COMPLETE' } });
  });

  it('answers with an INCOMPLETE report, too: there is one', async () => {
    await project.write('events/broken.json', '{"eventType":');
    await started();
    const { status, body } = await call({ date: '2026-11-19' });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ exitCode: 3, answer: { status: 'INCOMPLETE' } });
  });

  it('fails where there is no report, and says why', async () => {
    await started();
    const { status, body } = await call({ date: '19.11.2026' });
    expect(status).toBe(502);
    expect(body).toContain('backup-report run ended with 2');
    expect(body).toContain('Write it as 2026-11-19.');
  });

  it('ends the program before its own time is over', async () => {
    await started('exec sleep 600');
    // Ten seconds are kept to end in.
    const { status, body } = await call({}, Date.now() + 10_200);
    expect(status).toBe(502);
    expect(body).toContain('backup-report run ended with SIGTERM');
  });
});

describe('the files of the function', () => {
  it('ask for no more time than OCI Functions gives, and have a configuration without a disk or a password', async () => {
    expect(parse(await deployText('functions/func.yaml'))).toMatchObject({
      schema_version: 20_180_708,
      runtime: 'docker',
      timeout: 300,
    });
    const { auth, archive, mail } = await loadText(await deployText('functions/backup-report.yaml'));
    expect([auth?.type, archive.type, mail?.type]).toEqual([
      'resource-principal',
      'object-storage',
      'email-delivery',
    ]);
  });

  it('name the version of the contract that is tested here', async () => {
    const own = JSON.parse(await deployText('functions/package.json')).dependencies;
    const tested = JSON.parse(await deployText('../package.json')).devDependencies;
    expect(own['@fnproject/fdk']).toBe(tested['@fnproject/fdk']);
  });
});
