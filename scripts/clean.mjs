// Empties dist before a build, so that the tests of a deleted file do not run on.
import { rmSync } from 'node:fs';

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
