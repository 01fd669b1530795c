import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OciConnection, connect } from '../../src/oci/connection.js';
import type { HttpOptions } from '../../src/oci/http-client.js';
import type { Log } from '../../src/ports/log.js';
import type { StandIn } from './oci/stand-in.js';

/** Repeats quickly, and is patient: on a busy machine even a stand-in may take long to answer. */
export const quickHttp: HttpOptions = {
  timeoutMs: 60_000,
  attempts: 4,
  firstDelayMs: 1,
  deadlineMs: 600_000,
};

export interface LoggedLine {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** Collects what is logged. */
export function memoryLog(lines: LoggedLine[] = []): Log {
  return {
    info: () => undefined,
    warn: (fields, message) => void lines.push({ fields, message }),
  };
}

/** A connection to the stand-in with its own credentials. */
export async function connectTo(
  standIn: StandIn,
  http: HttpOptions = quickHttp,
  lines: LoggedLine[] = [],
): Promise<OciConnection> {
  const directory = await mkdtemp(join(tmpdir(), 'oci-credentials-'));
  try {
    const file = await standIn.writeConfigFile(directory);
    const log = memoryLog(lines);
    return await connect({ type: 'config-file', file, profile: 'DEFAULT' }, directory, http, log);
  } finally {
    await rm(directory, { recursive: true });
  }
}
