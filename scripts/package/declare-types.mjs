// declare-types.mjs [FOLDER]: the types of what programs may import, beside the compiled modules.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = process.argv[2] ?? 'dist/src';
const { status } = spawnSync(
  process.execPath,
  ['node_modules/typescript-7/bin/tsc', '-p', 'tsconfig.library.json', '--outDir', folder],
  { cwd: root, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
