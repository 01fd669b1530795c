// What the package has besides what is committed and built: its bill of materials (CycloneDX), of the versions that were tested.
// `npm pack` calls it before and after: `package-files.mjs [--remove] [FOLDER]`.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { billOfMaterials } from './bill-of-materials.mjs';

const given = process.argv.slice(2);
const isRemoving = given.includes('--remove');
const folder = resolve(
  given.find((each) => !each.startsWith('--')) ?? fileURLToPath(new URL('../../', import.meta.url)),
);
const bill = join(folder, 'sbom.cdx.json');

if (isRemoving) {
  rmSync(bill, { force: true });
} else {
  const own = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  writeFileSync(bill, `${JSON.stringify(billOfMaterials(ofNpm(), own), null, 2)}\n`);
}

function ofNpm() {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const { status, stdout, stderr } = spawnSync('npm', args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm sbom ended with ${status}\n${stderr}`);
  return JSON.parse(stdout);
}
