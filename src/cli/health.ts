import { Failure } from '../errors.js';
import { askHealth } from '../schedule/ask-health.js';
import type { Output } from './output.js';

export interface HealthOptions {
  readonly host: string;
  readonly port: number;
  /** Ask whether it can do its work, and not only whether it lives. */
  readonly ready?: boolean;
}

/**
 * `backup-report health`: asks a schedule how it is, for the health checks of containers, whose images have no other
 * program for it. Exits with 0 if it is well, and with 4 if it is not or does not answer.
 */
export async function health({ host, port, ready = false }: HealthOptions, output: Output): Promise<number> {
  const path = ready ? '/readyz' : '/healthz';
  const { status, text } = await askHealth({ host, port, path });
  if (status === 200) {
    output.answer(text);
    return 0;
  }
  throw new Failure('storage', `the schedule on port ${port} answers ${path} with ${status}: ${text}`, {
    hints: [adviceFor(status, ready)],
  });
}

function adviceFor(status: number, ready: boolean): string {
  if (status !== 503) return 'Is it a schedule that listens there? Name its port with --port.';
  return ready
    ? 'Its log says why; `backup-report doctor` checks what a run needs. A restart does not help.'
    : 'Restart it: nothing else ends what hangs.';
}
