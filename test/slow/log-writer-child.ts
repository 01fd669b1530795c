import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { keepLog, logCommitted } from '../../src/day/log/keep-log.js';
import { quiet } from '../support/judge-day.js';
import { commitUnlogged } from '../support/logged-plan.js';

/**
 * Commits and logs some days of a month of its own. With KILL_AT=n it kills itself before its n-th write to the archive, with
 * KILL_AT=leaf between its first manifest and the leaf of it.
 *
 * argv: archive directory, month (`2026-03`), number of days
 */
const [directory = '', month = '', days = '0'] = process.argv.slice(2);
const killAt = process.env['KILL_AT'] ?? '0';
let writes = 0;
let hasManifest = false;
const files = createFileSystemArchive(directory);
const archive: typeof files = {
  ...files,
  create: async (key, body, mediaType) => {
    writes += 1;
    if (writes === Number(killAt) || (killAt === 'leaf' && hasManifest)) process.kill(process.pid, 'SIGKILL');
    if (key.endsWith('/manifest.json')) hasManifest = true;
    return files.create(key, body, mediaType);
  },
};
const ports = { archive, log: quiet };
const faults: string[] = [];
for (let day = 1; day <= Number(days); day += 1) {
  const date = `${month}-${String(day).padStart(2, '0')}`;
  const standing = await keepLog('lines', day === 1 ? 'whole-plan' : 'none', ports);
  const logged = await logCommitted(await commitUnlogged(archive, date), standing, ports);
  faults.push(...logged.faults);
}
process.stdout.write(JSON.stringify(faults));
