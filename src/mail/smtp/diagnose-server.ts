import type { Finding } from '../../ports/finding.js';
import { faultOf, sentenceOf } from './smtp-fault.js';
import { placeOf, type SmtpOptions } from './smtp-options.js';
import { SmtpSession } from './smtp-session.js';

/** For each step, and in total: somebody is waiting for the result. */
const stepMs = 10_000;
const longestMs = 20_000;

/** Connects, encrypts and signs in, once. Never throws. */
export async function diagnoseServer(options: SmtpOptions): Promise<readonly Finding[]> {
  const check = 'mail server';
  try {
    const session = await SmtpSession.open(
      {
        ...options,
        connectionTimeoutMs: Math.min(options.connectionTimeoutMs, stepMs),
        greetingTimeoutMs: Math.min(options.greetingTimeoutMs, stepMs),
        socketTimeoutMs: Math.min(options.socketTimeoutMs, stepMs),
      },
      AbortSignal.timeout(longestMs),
    );
    const words = wordsOf(session, options);
    session.end();
    if (options.security !== 'none') return [{ check, state: 'ok', words, advice: null }];
    const advice = 'Use starttls or tls, unless the server is on this machine.';
    return [{ check, state: 'warning', words, advice }];
  } catch (error) {
    const fault = faultOf(error, options);
    return [{ check, state: 'failed', words: sentenceOf(fault, options), advice: fault.hint }];
  }
}

function wordsOf(session: SmtpSession, options: SmtpOptions): string {
  const { security, username } = options;
  const { protocol, maxBytes } = session;
  const encryption = {
    none: 'not encrypted',
    starttls: `STARTTLS ${protocol ?? ''}`,
    tls: protocol ?? 'TLS',
  }[security];
  return [
    placeOf(options),
    encryption.trim(),
    username === undefined ? 'without signing in' : `signed in as ${username}`,
    ...(maxBytes === null ? [] : [`takes messages of up to ${maxBytes} bytes`]),
  ].join(', ');
}
