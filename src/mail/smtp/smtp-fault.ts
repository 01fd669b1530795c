import { oneLine } from '../../base/one-line.js';
import { systemErrorCode } from '../../errors.js';
import { faultOfConnection } from './connection-fault.js';
import type { ErrorFacts, ServerFacts, SmtpFault } from './fault-facts.js';
import { faultOfReply } from './reply-fault.js';
import { placeOf } from './smtp-options.js';

/** Our own error with a code, for what is neither a reply nor a socket error. */
export function smtpError(code: 'ENOAUTH' | 'ENOUTF8' | 'EDEADLINE' | 'ETIMEDOUT', message: string): Error {
  return Object.assign(new Error(message), { code });
}

/** Whether the server replied: without a reply, nobody knows what it did. */
export function hasReply(error: unknown): boolean {
  return factsOf(error).reply !== null;
}

export function faultOf(error: unknown, server: ServerFacts): SmtpFault {
  const facts = factsOf(error);
  const { reply } = facts;
  const fault = reply === null ? faultOfConnection(facts, server) : faultOfReply(reply, facts, server);
  return { ...fault, words: oneLine(withoutPassword(fault.words, server)) };
}

function factsOf(error: unknown): ErrorFacts {
  const each = (typeof error === 'object' && error !== null ? error : {}) as Readonly<
    Record<string, unknown>
  >;
  const textIn = (name: string): string | null => {
    const value = each[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const response = textIn('response');
  return {
    code: textIn('originalCode') ?? systemErrorCode(error) ?? '',
    timeoutType: textIn('timeoutType'),
    command: textIn('command') ?? '',
    reply: response !== null && /^\d{3}/.test(response) ? response : null,
    message: error instanceof Error ? error.message : String(error),
  };
}

/** Some servers repeat a command that they did not understand, and AUTH contains the password. */
function withoutPassword(text: string, { username, password }: ServerFacts): string {
  if (password === undefined || password === '') return text;
  const encoded = [`\0${username ?? ''}\0${password}`, password].map((value) =>
    Buffer.from(value).toString('base64'),
  );
  const secrets = [...encoded, password];
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}

/** `smtp.example.com:587 answered 550 …` */
export function sentenceOf({ words }: SmtpFault, server: ServerFacts): string {
  return `${placeOf(server)} ${words}`;
}
