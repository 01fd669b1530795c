import type { Heartbeat } from '../ports/delivery.js';
import type { Log } from '../ports/log.js';
import { messageText } from './plain-text.js';
import { PostError, hostOf, post } from '../http/post.js';

export interface HeartbeatOptions {
  /** A secret: anybody who has it can keep the alarm from going off. */
  readonly url: string;
  /** Per attempt, in milliseconds; no attempt begins after this time. */
  readonly timeoutMs: number;
  readonly firstDelayMs?: number;
}

type Signal = Parameters<Heartbeat['ping']>[0];

/** As healthchecks.io and compatible services have it: https://healthchecks.io/docs/http_api/ */
const suffixes: Readonly<Record<Signal, string>> = { start: '/start', success: '', failure: '/fail' };

const retries = 3;
const bodyChars = 2000;

/** Signals to an outside service that the job is alive; it raises the alarm when the signals stop. */
export function createHeartbeat(
  { url, timeoutMs, firstDelayMs = 500 }: HeartbeatOptions,
  log: Log,
): Heartbeat {
  return {
    async ping(signal, words) {
      try {
        const body = messageText(words, bodyChars);
        const at = addressOf(url, signal);
        await post(body, 'text/plain; charset=utf-8', {
          url: at,
          timeoutMs,
          deadlineMs: timeoutMs,
          retries,
          firstDelayMs,
        });
      } catch (error) {
        const reason = error instanceof PostError ? error.message : `unexpected: ${kindOf(error)}`;
        log.warn({ host: hostOf(url), signal, reason }, 'heartbeat: not heard');
      }
    },
  };
}

/** For plans without a heartbeat. */
export const silentHeartbeat: Heartbeat = { ping: () => Promise.resolve() };

function addressOf(url: string, signal: Signal): string {
  const address = new URL(url);
  address.pathname = address.pathname.replace(/\/+$/, '') + suffixes[signal];
  return address.href;
}

/** An unexpected error's message might contain the URL. */
function kindOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
