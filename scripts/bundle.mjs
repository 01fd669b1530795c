// Joins our compiled modules, and the packages that most commands need, into two files for the build: Node takes longer to
// find, read and link a thousand small files than to run what is in them. How they are started: src/joined-code.ts. The
// modules of dist/src are what tests import, and what --profile measures, because its stages are their rooms.
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { licencesOf } from './licences.mjs';

const modules = fileURLToPath(new URL('../dist/src/', import.meta.url));
const app = fileURLToPath(new URL('../dist/app/', import.meta.url));
const root = fileURLToPath(new URL('../', import.meta.url));

/** Large, native, or for few commands: they stay packages, and are loaded when they are needed. */
const separate = [
  '@azure/*',
  '@resvg/resvg-js',
  'cli-progress',
  'node-cron',
  'oci-*',
  'pino-pretty',
  'prom-client',
];
/** So do these parts of exceljs, which read workbooks. They need a package without a licence, which we may not copy. */
const readers = /^exceljs(?:\/lib\/doc\/workbook\.js)?$/;

/** Messages of zod in fifty languages, each made when it is loaded. Ours are those of English. */
const zodLanguages = /zod[\\/]v4[\\/]locales[\\/]index\.js$/;

/** What a module says of a file beside it, which something else loads: a thread, for example. */
const besides = /new URL\('(\.[^']*\.js)', import\.meta\.url\)/g;
/** How the program loads a command. */
const commands = /\bimport\('(\.\/[^']*\.js)'\)/g;

/** Around the modules: what they have from src/joined-code.ts, and a module of ours by its URL. */
const before = `(function (require, importOutside, appUrl, loadWork) {
const module = { exports: {} };
const importUrl = (url) => {
  const joined = url.startsWith(appUrl) ? module.exports[url.slice(appUrl.length)] : undefined;
  return joined === undefined ? importOutside(url) : joined();
};
const newBuffer = (value, ...rest) => (typeof value === 'number' ? Buffer.alloc(value) : Buffer.from(value, ...rest));
(function () {`;
const after = `})();
return (path) => module.exports[path]();
})`;

// V8 knows a text by its length alone: code of an earlier one must not stay beside it.
await rm(app, { recursive: true, force: true });

const program = join(modules, 'program.js');
const threads = await filesBeside();
const joined = [
  ...(await joinModules('program', [program])),
  ...(await joinModules('work', [...(await namedIn(commands, program)), ...threads])),
];
for (const path of threads) await writeThread(relative(modules, path));
await writeFile(join(app, 'LICENCES.txt'), await licencesOf(root, joined));

/**
 * @param entries modules that can be loaded by their path
 * @returns paths of all files in it, from the package's folder
 */
async function joinModules(name, entries) {
  const table = entries.map((path) => {
    return `${JSON.stringify(relative(modules, path))}: () => import(${JSON.stringify(path)})`;
  });
  const { metafile } = await build({
    stdin: { contents: `module.exports = { ${table.join(',\n')} };`, resolveDir: modules },
    absWorkingDir: root,
    outfile: join(app, `${name}.js`),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: separate,
    // `require` loads what stays outside: those packages are CommonJS.
    supported: { 'dynamic-import': false },
    // Names stay, for stack traces.
    minifyWhitespace: true,
    // They are in LICENCES.txt.
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    banner: { js: before },
    footer: { js: after },
    plugins: [{ name: 'joined', setup }],
  });
  return Object.keys(metafile.inputs);
}

function setup({ onLoad, onResolve }) {
  onResolve({ filter: readers }, () => ({ external: true }));
  onLoad({ filter: zodLanguages }, () => ({ contents: "export { default as en } from './en.js';" }));
  onLoad({ filter: /\.[cm]?js$/ }, asJoined);
}

/** The file that a thread starts with. */
async function writeThread(path) {
  const file = join(app, path);
  const start = relative(dirname(file), join(modules, 'joined-code.js'));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `import { startJoinedThread } from '${start}';\nstartJoinedThread('${path}');\n`);
}

async function filesBeside() {
  const found = new Set();
  for (const name of await readdir(modules, { recursive: true })) {
    if (!name.endsWith('.js')) continue;
    for (const path of await namedIn(besides, join(modules, name))) found.add(path);
  }
  return [...found].sort();
}

async function namedIn(pattern, path) {
  const text = await readFile(path, 'utf8');
  return [...new Set([...text.matchAll(pattern)].map(([, name]) => join(dirname(path), name)))];
}

async function asJoined({ path }) {
  const text = await readFile(path, 'utf8');
  if (path.startsWith(modules)) return { contents: ownModule(path, text) };
  // Node warns of `new Buffer` wherever it is not in node_modules.
  return { contents: text.replaceAll('new Buffer(', 'newBuffer(') };
}

function ownModule(path, text) {
  const own = JSON.stringify(relative(modules, path));
  const joinedText = text
    // What a module loads as CommonJS is joined, too.
    .replaceAll(/const (load|require) = createRequire\(import\.meta\.url\);/g, '')
    .replaceAll(/(?:\bload|createRequire\(import\.meta\.url\))\((?=')/g, 'require(')
    // A module stands for itself wherever its code is: what it finds beside it is beside it in dist/app, too.
    .replaceAll('import.meta.url', `new URL(${own}, appUrl).href`)
    .replaceAll(/\bimport\((?=\w)/g, 'importUrl(');
  if (path !== program) return joinedText;
  if (!joinedText.includes('\nawait start();')) throw new Error('program.js: where does it start?');
  return (
    joinedText
      .replaceAll(commands, (_, name) => `loadWork(${JSON.stringify(name.slice(2))})`)
      // A joined file is CommonJS, in which only functions await.
      .replace('\nawait start();', '\nvoid start();')
  );
}
