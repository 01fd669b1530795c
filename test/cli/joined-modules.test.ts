import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project, ndjson, runCli } from '../support/cli.js';
import { databaseEvent } from '../support/raw-event.js';

/** Where Node writes what it has loaded: one file for each thread. */
let loaded: string;

beforeEach(async () => {
  loaded = await mkdtemp(join(tmpdir(), 'loaded-'));
});

afterEach(() => rm(loaded, { recursive: true }));

/** Paths of what all threads of a command have loaded, without those of Node itself. */
async function filesOf(args: readonly string[], cwd: string): Promise<readonly string[]> {
  const { code, stderr } = await runCli(args, { cwd, env: { NODE_V8_COVERAGE: loaded } });
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  const threads = (await readdir(loaded)).map(async (name) => {
    const { result }: { readonly result: readonly { readonly url: string }[] } = JSON.parse(
      await readFile(join(loaded, name), 'utf8'),
    );
    return result.map(({ url }) => url).filter((url) => url.startsWith('file:'));
  });
  return (await Promise.all(threads)).flat();
}

const packagesIn = (files: readonly string[]): readonly string[] =>
  [...new Set(files.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []))].sort();

describe('what a command loads', () => {
  it.each(['--help', '--version'])('%s loads the reader of arguments alone', async (option) => {
    const files = await filesOf([option], loaded);
    expect(packagesIn(files)).toEqual(['commander']);
    expect(files.filter((file) => !file.includes('node_modules')).length).toBeLessThan(12);
  });

  it('a run loads few files of ours, no service and nothing that compiles what has shipped', async () => {
    const events = gzipSync(ndjson([databaseEvent('end', '2026-11-19T02:00:00Z', { id: 'e1' })]));
    const project = await Project.create({ 'events/2026-11-19.ndjson.gz': events });
    try {
      const files = await filesOf(['run', '--date', '2026-11-19'], project.directory);
      const ours = files.filter((file) => !file.includes('node_modules'));
      expect(ours.filter((file) => /\/dist\/src\/.*\//.test(file))).toEqual([]);
      expect(ours.length).toBeLessThan(110);
      expect(packagesIn(files)).toContain('echarts');
      const unwanted = /oci-|sshpk|fast-csv|unzipper|node-cron|@resvg/;
      expect(packagesIn(files).filter((name) => unwanted.test(name))).toEqual([]);
      expect(
        files.filter((file) => /handlebars\/.*compiler|exceljs\/lib\/xlsx\/xlsx\.js/.test(file)),
      ).toEqual([]);
    } finally {
      await project.remove();
    }
  });
});
