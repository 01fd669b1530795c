import { basename, relative } from 'node:path';

/** How this program was called, for commands that a person is to copy: `backup-report`, or `node dist/src/main.js`. */
export function ownCommand(script = process.argv[1] ?? ''): string {
  if (basename(script) !== 'main.js') return 'backup-report';
  return `node ${relative(process.cwd(), script)}`;
}
