// What scripts/hooks/pre-commit runs. Ends with 1 where something is wrong, and says what and how to mend it.
import { spawnSync } from 'node:child_process';

const listed = spawnSync('git', ['diff', '--cached', '--name-only', '-z', '--diff-filter=ACMR'], {
  encoding: 'utf8',
});
if (listed.status !== 0) throw new Error(`git diff --cached failed: ${listed.stderr}`);
const staged = listed.stdout.split('\0').filter((name) => name !== '');
const code = staged.filter((name) => /\.(?:[cm]?[jt]s)$/.test(name));

const checks = [
  ['node_modules/oxlint/bin/oxlint', ['--deny-warnings'], code, 'mend what is named above'],
  [
    'node_modules/prettier/bin/prettier.cjs',
    ['--check', '--ignore-unknown', '--log-level', 'warn'],
    staged,
    'npm run format, then stage the files again',
  ],
  [
    'node_modules/typescript-7/bin/tsc',
    ['-p', 'tsconfig.json', '--noEmit'],
    code.some((name) => name.endsWith('.ts')) ? [] : null,
    'mend the types',
  ],
];

for (const [tool, options, files, advice] of checks) {
  // The types are those of all files; the others look at what is staged alone.
  const isAbout = files !== null && (files.length > 0 || tool.includes('typescript'));
  if (!isAbout) continue;
  const { status } = spawnSync(process.execPath, [tool, ...options, ...files], { stdio: 'inherit' });
  if (status === 0) continue;
  process.stderr.write(`pre-commit: ${advice}. git commit --no-verify commits it all the same.\n`);
  process.exitCode = 1;
}
