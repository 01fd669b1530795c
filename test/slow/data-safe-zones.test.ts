import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const child = fileURLToPath(new URL('../support/data-safe-child.js', import.meta.url));

it.each(['America/New_York', 'Asia/Kolkata'])('a machine in %s asks for the same instants', async (TZ) => {
  const env = { ...process.env, TZ };
  const { stdout } = await promisify(execFile)(process.execPath, [child], { env });
  const { ids, complete, asked } = JSON.parse(stdout) as Record<string, unknown>;
  expect(ids).toEqual(['event first', 'event last']);
  expect(complete).toBe(true);
  expect(asked).toContain(
    '(auditEventTime ge "2026-11-19T05:00:00.000Z") and (auditEventTime lt "2026-11-20T05:00:00.000Z")',
  );
});
