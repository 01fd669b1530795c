import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compiledCodeName, optimiseAfter } from '../../src/joined-code.js';
import { Project, ndjson, runCli } from '../support/cli.js';
import { databaseEvent } from '../support/raw-event.js';

/** Where Node writes what it has loaded: one file for each thread. */
let loaded: string;

beforeEach(async () => {
  loaded = await mkdtemp(join(tmpdir(), 'loaded-'));
});

afterEach(() => rm(loaded, { recursive: true }));

interface Covered {
  readonly url: string;
  readonly functions: readonly {
    readonly functionName: string;
    readonly ranges: readonly { readonly count: number }[];
  }[];
}

/** What all threads of a command have loaded, without Node itself: paths of files, and of modules joined in them. */
async function loadedBy(args: readonly string[], cwd: string): Promise<readonly string[]> {
  const { code, stderr } = await runCli(args, { cwd, env: { NODE_V8_COVERAGE: loaded } });
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  // Node is silent about packages in node_modules only.
  expect(stderr).not.toContain('Warning');
  const threads = (await readdir(loaded)).map(async (name) => {
    const { result }: { readonly result: readonly Covered[] } = JSON.parse(
      await readFile(join(loaded, name), 'utf8'),
    );
    return result
      .filter(({ url }) => url.startsWith('file:'))
      .flatMap((file) => [file.url, ...joinedModules(file)]);
  });
  return (await Promise.all(threads)).flat();
}

/** A joined module is a function that is called after its path. */
function joinedModules({ functions }: Covered): readonly string[] {
  return functions
    .filter(({ functionName, ranges }) => functionName.includes('/') && (ranges[0]?.count ?? 0) > 0)
    .map(({ functionName }) => functionName);
}

const packagesIn = (paths: readonly string[]): readonly string[] =>
  [...new Set(paths.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []))].sort();

const filesIn = (paths: readonly string[]): readonly string[] => [
  ...new Set(paths.flatMap((path) => /^file:.*\/dist\/(.*)/.exec(path)?.[1] ?? [])),
];

describe('what a command loads', () => {
  it.each(['--help', '--version'])('%s loads the reader of arguments alone', async (option) => {
    const paths = await loadedBy([option], loaded);
    expect(packagesIn(paths)).toEqual(['commander']);
    expect(filesIn(paths)).toEqual(['src/main.js', 'src/start.js', 'src/joined-code.js', 'app/program.js']);
  });

  it('a run loads the joined modules, no package beside them, no service and nothing that compiles what has shipped', async () => {
    const events = gzipSync(ndjson([databaseEvent('end', '2026-11-19T02:00:00Z', { id: 'e1' })]));
    const project = await Project.create({ 'events/2026-11-19.ndjson.gz': events });
    try {
      const paths = await loadedBy(['run', '--date', '2026-11-19'], project.directory);
      const files = filesIn(paths).filter((file) => !file.startsWith('compiled/'));
      expect(files.filter((file) => !file.endsWith('-worker.js')).sort()).toEqual([
        'app/program.js',
        'app/work.js',
        'src/joined-code.js',
        'src/main.js',
        'src/start.js',
      ]);
      expect(paths.filter((path) => /^file:.*node_modules/.test(path))).toEqual([]);
      expect(packagesIn(paths)).toContain('echarts');
      const unwanted = /oci-|sshpk|fast-csv|unzipper|node-cron|@resvg/;
      expect(packagesIn(paths).filter((name) => unwanted.test(name))).toEqual([]);
      expect(
        paths.filter((path) => /handlebars\/.*compiler|exceljs\/lib\/xlsx\/xlsx\.js/.test(path)),
      ).toEqual([]);
    } finally {
      await project.remove();
    }
  });
});

const dist = fileURLToPath(new URL('../../', import.meta.url));

describe('code that the build has compiled', () => {
  it.each(['program.js', 'work.js'])('of %s is what this Node takes', async (name) => {
    const file = join(dist, 'app', name);
    const code = compiledCodeName(file);
    // In a process of its own: V8 takes code only with the flags that it was compiled with.
    const source = `const { readFileSync } = require('node:fs');
      const [, file, code, flag] = process.argv;
      require('node:v8').setFlagsFromString(flag);
      const text = readFileSync(file, 'latin1');
      const script = new (require('node:vm').Script)(text, { cachedData: readFileSync(code) });
      console.log(script.cachedDataRejected, /^[\\x00-\\x7f]*$/.test(text));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', source, file, code, optimiseAfter]);
    expect(stdout.trim()).toBe('false true');
  });

  it.each(['--no-opt', '--max-lazy'])('is not needed: with %s, V8 refuses it', async (flag) => {
    const main = join(dist, 'src/main.js');
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [flag, main, '--version']);
    expect([stdout, stderr]).toEqual([expect.stringMatching(/^oci-backup-reporter \d/), '']);
  });
});

it('names the licence of each package that is joined, with its text', async () => {
  const text = await readFile(join(dist, 'app/LICENCES.txt'), 'utf8');
  const [, ...packages] = text.split(/^-{80}$/m).map((each) => each.trim().split('\n'));
  const heads = packages.map(([head = '']) => head);
  const permissive = /: (?:MIT|ISC|BSD|Apache|BlueOak|\(MIT)/;
  expect(heads.filter((head) => !permissive.test(head))).toEqual([]);
  expect(packages.filter(([, , ...licence]) => licence.join('').length === 0)).toEqual([]);
  const names = heads.map((head) => head.split(' ')[0]);
  expect(names).toEqual(expect.arrayContaining(['commander', 'echarts', 'exceljs', 'pako', 'zod']));
  expect(names).not.toContain('buffers');
});
