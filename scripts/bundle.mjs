// Joins our compiled modules into few files, for the build: Node takes longer to find and link six hundred small files
// than to run what is in them. Packages stay as they are. The modules of dist/src are what tests import, and what
// --profile measures, because its stages are their rooms.
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const modules = fileURLToPath(new URL('../dist/src/', import.meta.url));
const app = fileURLToPath(new URL('../dist/app/', import.meta.url));

/** What a module says of a file beside it, which something else loads: a thread, for example. */
const besides = /new URL\('(\.[^']*\.js)', import\.meta\.url\)/g;

const { metafile } = await build({
  entryPoints: [join(modules, 'program.js'), ...(await filesBeside())],
  outbase: modules,
  outdir: app,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  metafile: true,
  logLevel: 'warning',
  // A module stands for itself wherever its code is: what it finds beside it is beside it in dist/app, too.
  banner: {
    js: "const appUrl = import.meta.url.replace(/\\/dist\\/app\\/(?!.*\\/dist\\/app\\/).*$/, '/dist/app/');",
  },
  plugins: [{ name: 'own-url', setup: ({ onLoad }) => onLoad({ filter: /\.js$/ }, withOwnUrl) }],
});

// An import of a package by its path would have been copied into a file of ours.
const foreign = Object.keys(metafile.inputs).filter((path) => path.includes('node_modules'));
if (foreign.length > 0)
  throw new Error(`packages are not to be joined with our files: ${foreign.join(', ')}`);

async function filesBeside() {
  const found = new Set();
  for (const name of await readdir(modules, { recursive: true })) {
    // main.js starts what is made here.
    if (!name.endsWith('.js') || name === 'main.js') continue;
    const path = join(modules, name);
    for (const [, beside] of (await readFile(path, 'utf8')).matchAll(besides))
      found.add(join(dirname(path), beside));
  }
  return [...found].sort();
}

async function withOwnUrl({ path }) {
  const text = await readFile(path, 'utf8');
  const own = JSON.stringify(relative(modules, path));
  return { contents: text.replaceAll('import.meta.url', `new URL(${own}, appUrl).href`) };
}
