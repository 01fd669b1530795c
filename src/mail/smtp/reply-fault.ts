import type { ErrorFacts, ServerFacts, SmtpFault } from './fault-facts.js';

/** The fault in a server's reply. RFC 5321 section 4.2. */
export function faultOfReply(reply: string, { command }: ErrorFacts, server: ServerFacts): SmtpFault {
  const status = Number(reply.slice(0, 3));
  const said = oneReply(reply);
  // 421 and its like, whatever they answer, and replies that are invalid here.
  const kind = status >= 500 && status < 600 ? 'permanent' : 'transient';
  const hint = hintOf(status, command, server);
  const ofSession = (words: string): SmtpFault => ({ kind, reach: 'session', words, hint });

  if (command === 'RCPT TO' || command === 'DATA') {
    const isSize = isSizeReply(reply, status, command === 'DATA');
    return { kind: isSize ? 'too-large' : kind, reach: 'message', words: `answered ${said}`, hint };
  }
  if (command === 'MAIL FROM') {
    if (isSizeReply(reply, status, true)) {
      return { kind: 'too-large', reach: 'message', words: `answered ${said}`, hint };
    }
    return ofSession(`refused the sender: ${said}`);
  }
  if (command.startsWith('AUTH')) {
    return ofSession(`did not accept the sign-in of ${server.username ?? 'nobody'}: ${said}`);
  }
  if (command === 'STARTTLS' && kind === 'permanent') return ofSession(`does not offer STARTTLS: ${said}`);
  return ofSession(`turned the connection down: ${said}`);
}

function hintOf(status: number, command: string, { security }: ServerFacts): string | null {
  if (status === 530) {
    return 'It wants a sign-in or encryption first: set mail.username and mail.password, or mail.security.';
  }
  if (command.startsWith('AUTH')) return 'Check mail.username and mail.password.';
  if (command === 'STARTTLS') {
    return 'Set mail.security to tls, with the port for it (465), or to none for a relay on this machine.';
  }
  if (command === 'MAIL FROM' && status >= 500) {
    return 'mail.from must be an address that the server lets this sender use.';
  }
  return command === 'CONN' && security === 'none' ? 'Servers for clients listen at port 587 or 465.' : null;
}

/**
 * Whether a reply refuses the message's size. A full mailbox gives the same 552, and a 552 for a single recipient is
 * taken to mean that unless it says otherwise. Enhanced codes: RFC 3463.
 */
function isSizeReply(reply: string, status: number, isOfMessage: boolean): boolean {
  if (status < 500) return false;
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})(?!\S)/.exec(reply)?.[1];
  if (enhanced === '5.3.4' || enhanced === '5.2.3') return true;
  if (!isOfMessage || ![552, 523, 534].includes(status)) return false;
  if (enhanced === undefined) return status === 552 || /\b(?:size|large|big)\b/i.test(reply);
  return !/^5\.(?:2\.2|7\.)/.test(enhanced) && /\b(?:size|large|big)\b/i.test(reply);
}

/** `550-5.1.1 No such` and `550 5.1.1 user` -> `550 5.1.1 No such user`. */
function oneReply(reply: string): string {
  const [first = '', ...rest] = reply.split(/\r?\n/);
  const others = rest.map((line) => line.replace(/^\d{3}(?:[ -]|$)(?:\d\.\d{1,3}\.\d{1,3}(?: |$))?/, ''));
  return [first.replace(/^(\d{3})-/, '$1 '), ...others].join(' ');
}
