import { readdir } from 'node:fs/promises';
import type { Project } from './cli.js';
import type { RunningPreview } from './running-preview.js';

/** Ends a preview by the signal while it renders; what it leaves in its folders, and its exit code. */
export async function leftBehind(made: Project, shown: RunningPreview, signal: 'SIGINT' | 'SIGTERM') {
  const before = await readdir(made.directory, { recursive: true });
  await made.write('ours/report.css', 'body { color: #333333 }');
  const code = await shown.stop(signal);
  const after = await readdir(made.directory, { recursive: true });
  return {
    code,
    added: after.filter((name) => !before.includes(name)),
    removed: before.filter((name) => !name.startsWith('temporary/') && !after.includes(name)),
    temporary: await readdir(shown.temporary),
  };
}
