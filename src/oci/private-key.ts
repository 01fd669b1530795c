import { type KeyObject, createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { Failure } from '../errors.js';

export interface UsableKey {
  /** Without its passphrase, PKCS#8. */
  readonly pem: string;
  /** As OCI has it: MD5 of the public key in DER, `aa:bb:…`. */
  readonly fingerprint: string;
}

interface KeyFault {
  readonly words: string;
  readonly hint: string;
}

/** OCI has no smaller keys. https://docs.oracle.com/iaas/Content/API/Concepts/apisigningkey.htm */
const shortestBits = 2048;

const howToMakeOne =
  'OCI signs with RSA: make a key in the console (API keys, Add API key) or with `oci setup keys`.';

/**
 * A private key that OCI can use: RSA, 2048 bits or more.
 *
 * @param where the key's name in messages
 * @throws Failure('usage') on one line if it cannot be used; never with a part of the key in it
 */
export function openPrivateKey(text: string, passphrase: string | undefined, where: string): UsableKey {
  // Without a passphrase, OpenSSL would ask for one on the terminal.
  const before = faultOfText(text, passphrase);
  if (before !== null) throw unusable(where, before);
  let key: KeyObject;
  try {
    key = createPrivateKey(passphrase === undefined ? text : { key: text, passphrase });
  } catch (error) {
    throw unusable(where, faultOfReading(text, error));
  }
  const after = faultOfKey(key);
  if (after !== null) throw unusable(where, after);
  return { pem: key.export({ type: 'pkcs8', format: 'pem' }).toString(), fingerprint: fingerprintOf(key) };
}

function unusable(where: string, { words, hint }: KeyFault): Failure {
  return new Failure('usage', `cannot use the private key ${where}: ${words}`, { hints: [hint] });
}

/** What is in the file instead of a private key in PEM, by its first words. */
const impostors: readonly (readonly [RegExp, KeyFault])[] = [
  [/^\s*$/, { words: 'it is empty', hint: 'Put the private key there again, or name another file.' }],
  [
    /^[^\n]*\0/,
    { words: 'it is not text in UTF-8', hint: 'Save it as PEM: text that begins with -----BEGIN.' },
  ],
  [
    /^PuTTY-User-Key-File/m,
    {
      words: 'it is a key of PuTTY',
      hint: 'Export it as an OpenSSH key in PEM with PuTTYgen, or make an API key in the console.',
    },
  ],
  [
    /-----BEGIN OPENSSH PRIVATE KEY-----/,
    { words: 'it is in the format of OpenSSH', hint: 'Convert a copy of it: ssh-keygen -p -m PEM -f FILE' },
  ],
];

/** What stands beside the private key in people's folders, and is named instead of it. */
const neighbours: readonly (readonly [RegExp, KeyFault])[] = [
  [
    /-----BEGIN (?:RSA )?PUBLIC KEY-----|^ssh-rsa /m,
    {
      words: 'it is the public key',
      hint: 'Name the private key that belongs to it; its file is often called the same without _public or .pub.',
    },
  ],
  [
    /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/,
    { words: 'it is a certificate', hint: 'Name the private key of the API key instead.' },
  ],
  [
    /-----BEGIN CERTIFICATE REQUEST-----/,
    { words: 'it is a request for a certificate', hint: 'Name the private key of the API key instead.' },
  ],
];

function faultOfText(text: string, passphrase: string | undefined): KeyFault | null {
  if (/PRIVATE KEY-----/.test(text) && /\bENCRYPTED\b/.test(text) && (passphrase ?? '') === '') {
    return {
      words: 'it is encrypted; set auth.passphrase',
      hint: 'For instance passphrase: ${OCI_KEY_PASSPHRASE}, or pass_phrase in the profile.',
    };
  }
  const impostor = impostors.find(([pattern]) => pattern.test(text));
  if (impostor !== undefined) return impostor[1];
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return null;
  return neighbours.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

/** Never the error's own text: some versions of OpenSSL quote their input. */
function faultOfReading(text: string, error: unknown): KeyFault {
  const code = (error as { readonly code?: unknown }).code;
  if (code === 'ERR_OSSL_BAD_DECRYPT' || code === 'ERR_OSSL_EVP_BAD_DECRYPT') {
    return { words: 'the passphrase is wrong', hint: 'Set auth.passphrase to the one of this key.' };
  }
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----(?:\\n| )/.test(text)) {
    return {
      words: 'its line breaks are lost',
      hint: 'Keep the lines as they are, or read the key from its file with ${file:PATH} or keyFile.',
    };
  }
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text) && !/-----END [A-Z ]*PRIVATE KEY-----/.test(text)) {
    return { words: 'its end is missing', hint: 'Copy it again, with the lines -----BEGIN and -----END.' };
  }
  return {
    words: 'it is not a private key in PEM, or its passphrase is wrong',
    hint: 'Keys are RSA in PEM, PKCS#1 or PKCS#8; `openssl pkey -in FILE -noout` says whether it is whole.',
  };
}

function faultOfKey(key: KeyObject): KeyFault | null {
  const type = key.asymmetricKeyType ?? 'unknown';
  if (type !== 'rsa') {
    return { words: `it is a key of type ${type.toUpperCase()}, not RSA`, hint: howToMakeOne };
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? shortestBits;
  if (bits >= shortestBits) return null;
  return { words: `it has ${bits} bits; OCI wants ${shortestBits} or more`, hint: howToMakeOne };
}

/** https://docs.oracle.com/iaas/Content/API/Concepts/apisigningkey.htm, "How to Get the Key's Fingerprint" */
function fingerprintOf(key: KeyObject): string {
  const der = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const hex = createHash('md5').update(der).digest('hex');
  return (hex.match(/../g) ?? []).join(':');
}
