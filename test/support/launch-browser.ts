import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'puppeteer-core';
import { packageRoot } from '../../src/package-root.js';

const packed = '@sparticuz/chromium';

/** A real browser, out of an npm package: it also runs on a bare machine. */
export async function launchBrowser(): Promise<Browser> {
  // Makes the package unpack the libraries that Chromium needs. It is read when the module is loaded, and so is TMPDIR.
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs22.x';
  const folder = await unpack();
  const { TMPDIR: before } = process.env;
  process.env['TMPDIR'] = folder;
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    const { default: puppeteer } = await import('puppeteer-core');
    const executablePath = await chromium.executablePath();
    // The fonts of the package, wherever it was unpacked: a bare machine has none.
    process.env['FONTCONFIG_FILE'] = await fontConfiguration(folder);
    // All in one process is what the package asks for, and what Chromium does not promise to survive.
    const args = [...chromium.args.filter((each) => each !== '--single-process'), '--no-sandbox'];
    // Its profile belongs to this run, not beside the program.
    const env = { ...process.env, TMPDIR: before ?? '/tmp' };
    // On a busy machine all takes long, and that is no failure.
    const patience = { timeout: 300_000, protocolTimeout: 600_000 };
    return await puppeteer.launch({ args, executablePath, headless: 'shell', env, ...patience });
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

async function fontConfiguration(folder: string): Promise<string> {
  const own = await mkdtemp(join(tmpdir(), 'font-configuration-'));
  const path = join(own, 'fonts.conf');
  const cache = `<cachedir>${own}</cachedir>`;
  await writeFile(
    path,
    `<?xml version="1.0"?><fontconfig><dir>${join(folder, 'fonts')}</dir>${cache}</fontconfig>`,
  );
  return path;
}

/**
 * Unpacks once for all processes. The package itself takes a file that another process is still writing for a whole one,
 * so each unpacks into a folder of its own, and the first that is done gives it the name.
 */
async function unpack(): Promise<string> {
  const manifest = await readFile(new URL(`node_modules/${packed}/package.json`, packageRoot), 'utf8');
  const { version } = JSON.parse(manifest) as { readonly version: string };
  const folder = join(tmpdir(), `unpacked-chromium-${version}`);
  if (existsSync(folder)) return folder;
  const own = await mkdtemp(join(tmpdir(), 'unpacking-'));
  const script = `const { default: chromium } = await import('${packed}'); await chromium.executablePath();`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    env: { ...process.env, TMPDIR: own },
  });
  // The other's is as good.
  await rename(own, folder).catch(() => rm(own, { recursive: true }));
  return folder;
}
