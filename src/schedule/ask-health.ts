import { type IncomingMessage, request } from 'node:http';
import { Failure, explainError } from '../errors.js';

export interface HealthQuestion {
  readonly host: string;
  readonly port: number;
  readonly path: '/healthz' | '/readyz';
  /** How long to wait for the answer; default: 5 s. */
  readonly withinMs?: number;
}

export interface HealthAnswer {
  readonly status: number;
  /** What it says, in a line or two. */
  readonly text: string;
}

/** Shorter than the time that orchestrators give a check: this program then says itself what is wrong. */
const usualMs = 5000;
const mostBytes = 64 * 1024;

/**
 * Asks the health server of a schedule how it is.
 *
 * @throws Failure('storage') if nothing answers within that time
 */
export async function askHealth({
  host,
  port,
  path,
  withinMs = usualMs,
}: HealthQuestion): Promise<HealthAnswer> {
  try {
    // Not fetch, which takes longer to load than to answer: this runs every half a minute.
    return await new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(withinMs);
      request({ host, port, path, agent: false, signal }, (response) => {
        readText(response).then((text) => resolve({ status: response.statusCode ?? 0, text }), reject);
      })
        .on('error', reject)
        .end();
    });
  } catch (error) {
    throw new Failure('storage', `nothing answers on ${host} port ${port}: ${wordsOf(error, withinMs)}`, {
      hints: [
        `Start the schedule with --health-port ${port}, or name the port that it has with --port.`,
        'Where it has only just begun, or makes a single day, there is nothing to ask.',
      ],
      cause: error,
    });
  }
}

async function readText(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of response.setEncoding('utf8')) {
    text += String(part);
    if (text.length > mostBytes) throw new Error('it says more than a schedule would');
  }
  return text.trim();
}

function wordsOf(error: unknown, withinMs: number): string {
  if (error instanceof Error && error.name === 'AbortError') return `no answer within ${withinMs / 1000} s`;
  // A name with several addresses: each has its error, and the whole has no words.
  return explainError(error instanceof AggregateError ? error.errors[0] : error);
}
