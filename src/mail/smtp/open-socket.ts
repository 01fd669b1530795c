import { connect, type Socket } from 'node:net';
import { smtpError } from './smtp-fault.js';
import { type SmtpOptions, portOf } from './smtp-options.js';

/** The first of the host's addresses that answers. Unlike nodemailer's own, it honours the machine's hosts file. */
export function openSocket(options: SmtpOptions, signal: AbortSignal): Promise<Socket> {
  const { host, connectionTimeoutMs } = options;
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: portOf(options),
      autoSelectFamily: true,
      // The default of 250 ms is too short for distant servers.
      autoSelectFamilyAttemptTimeout: Math.max(connectionTimeoutMs / 4, 10),
    });
    const settle = (error?: Error): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.off('error', settle);
      // Needed until it has another listener.
      socket.on('error', () => undefined);
      if (error === undefined) return resolve(socket);
      socket.destroy();
      return reject(error);
    };
    const onAbort = (): void => settle(tooLong());
    const timer = setTimeout(() => {
      settle(smtpError('ETIMEDOUT', `no connection within ${connectionTimeoutMs / 1000} s`));
    }, connectionTimeoutMs);
    socket.once('error', settle);
    socket.once('connect', () => settle());
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
}

export function tooLong(): Error {
  return smtpError('EDEADLINE', 'was too slow: the time for sending is over');
}
