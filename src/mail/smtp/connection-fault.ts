import type { ErrorFacts, ServerFacts, SmtpFault } from './fault-facts.js';

const untrusted =
  /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY|DECODE)|INVALID_(?:CA|PURPOSE)|PATH_LENGTH|HOSTNAME_MISMATCH/;

const portHint =
  'Check mail.host and mail.port: 587 for starttls, 465 for tls; a firewall may be in between.';
const tlsHint = 'Servers speak TLS from the start at port 465 (tls) and after STARTTLS at 587 (starttls).';

/** A failure without an answer. */
export function faultOfConnection(
  { code, timeoutType, command, message }: ErrorFacts,
  server: ServerFacts,
): SmtpFault {
  const { security } = server;
  if (untrusted.test(code)) {
    return permanent(
      `has a certificate that is not trusted: ${message} (${code})`,
      hintOfCertificate(code, server),
    );
  }
  if (code.startsWith('ERR_SSL_')) return permanent(`could not agree on TLS (${code})`, tlsHint);
  switch (code) {
    case 'EMESSAGE':
      return { kind: 'too-large', reach: 'message', words: message, hint: null };
    case 'EENVELOPE':
      return { kind: 'permanent', reach: 'message', words: message, hint: null };
    case 'ENOUTF8':
      return { kind: 'permanent', reach: 'message', words: message, hint: 'Use addresses in ASCII.' };
    case 'ENOAUTH':
    case 'EAUTH':
      return permanent(
        message,
        'If it needs no sign-in, leave out mail.username and mail.password; else use port 587 or 465.',
      );
    case 'ECONNREFUSED':
      return transient('refuses connections (ECONNREFUSED)', portHint);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return transient(
        `is not known by name (${code})`,
        'Check mail.host and the name service of this machine.',
      );
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return transient(`cannot be reached (${code})`, portHint);
    case 'EDEADLINE':
      return transient(message, null);
    case 'ETIMEDOUT':
      if (timeoutType === 'GREETING_TIMEOUT') {
        return transient('sends no greeting', security === 'tls' ? portHint : tlsHint);
      }
      return transient(`does not answer: ${message}`, command === 'CONN' || command === '' ? portHint : null);
    default:
      return transient(`broke the connection: ${message}${code === '' ? '' : ` (${code})`}`, null);
  }
}

function hintOfCertificate(code: string, { host }: ServerFacts): string {
  if (/ALTNAME|HOSTNAME/.test(code))
    return `mail.host must be a name that its certificate has; ${host} is not.`;
  if (code === 'CERT_HAS_EXPIRED') return 'Whoever runs the server must renew its certificate.';
  return 'If it is of an authority of your own, name the file of its certificate in mail.ca.';
}

function transient(words: string, hint: string | null): SmtpFault {
  return { kind: 'transient', reach: 'session', words, hint };
}

function permanent(words: string, hint: string | null): SmtpFault {
  return { kind: 'permanent', reach: 'session', words, hint };
}
