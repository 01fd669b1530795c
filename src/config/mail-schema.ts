import { z } from 'zod';
import { dayMs, minuteMs } from '../base/time-units.js';
import { addressValue, bytesValue, durationBetween, ocidValue, ociPlaceFields, textValue } from './values.js';

/** Common to every way of sending. */
const sendingFields = {
  from: addressValue,
  to: z.array(addressValue).min(1, 'must name at least one recipient'),
  attach: z.array(z.enum(['xlsx'])).default(['xlsx']),
  /** Of the encoded message: OCI Email Delivery accepts 2 MB. */
  maxMessageBytes: bytesValue.default(2 * 1024 * 1024),
  /** What the mail contains instead of a workbook that is too large to attach. */
  link: z
    .strictObject({
      /** archive: where it is. pre-authenticated: a link that anyone can follow until it expires. */
      type: z.enum(['archive', 'pre-authenticated']).default('archive'),
      expires: durationBetween('1m', '3660d').default(7 * dayMs),
    })
    .prefault({}),
};

const dnsName = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i;

const dkim = z
  .strictObject({
    domain: z.string().regex(dnsName, 'must be a domain such as example.com'),
    /** Servers ask for the public key at <selector>._domainkey.<domain>. */
    selector: z.string().regex(dnsName, 'must be a name such as reports2026'),
    /** RSA, PEM, without a passphrase. */
    privateKey: textValue.optional(),
    keyFile: textValue.optional(),
  })
  .refine(({ keyFile, privateKey }) => (keyFile === undefined) !== (privateKey === undefined), {
    error: 'needs keyFile or privateKey, one of the two',
  })
  .meta({ oneOf: [{ required: ['keyFile'] }, { required: ['privateKey'] }] });

const smtp = z
  .strictObject({
    type: z.literal('smtp'),
    ...sendingFields,
    host: z
      .string()
      .regex(
        /^(?:[^\s/@:]+|[0-9a-f:.]*:[0-9a-f:.]*)$/i,
        'must be a name or an address, without smtp:// and port',
      ),
    /** 465 for tls, 587 for starttls, 25 for none. */
    port: z.int().min(1).max(65_535).optional(),
    /** none: nothing is encrypted; only for a relay on this machine. */
    security: z.enum(['starttls', 'tls', 'none'], 'must be starttls, tls or none').default('starttls'),
    username: textValue.optional(),
    password: textValue.optional(),
    /** File of PEM certificates to trust instead of the system's. */
    ca: textValue.optional(),
    /** What this machine calls itself in EHLO. */
    name: z.string().regex(/^\S+$/, 'must be a host name').optional(),
    connectionTimeout: durationBetween('100ms', '1h').default(20_000),
    greetingTimeout: durationBetween('100ms', '1h').default(20_000),
    socketTimeout: durationBetween('100ms', '1h').default(60_000),
    /** How long to retry after transient refusals (4xx) and broken connections. */
    deadline: durationBetween('0s', '24h').default(5 * minuteMs),
    firstDelay: durationBetween('1ms', '10m').default(2000),
    /** For more recipients, the message is sent in several transactions. */
    maxRecipients: z.int().min(1).max(1000).default(50),
    dkim: dkim.optional(),
  })
  .refine(({ username, password }) => (username === undefined) === (password === undefined), {
    error: 'username and password go together',
    path: ['username'],
  })
  .refine(({ security, password }) => security !== 'none' || password === undefined, {
    error: 'none would send the password in clear: use starttls or tls',
    path: ['security'],
  })
  .meta({ dependencies: { username: ['password'], password: ['username'] } });

const emailDelivery = z.strictObject({
  type: z.literal('email-delivery'),
  ...sendingFields,
  ...ociPlaceFields,
  /** Of the approved sender. */
  compartmentId: ocidValue,
  maxRecipients: z.int().min(1).max(50).default(50),
});

export const mailSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({ type: z.literal('outbox'), directory: textValue, ...sendingFields }),
  smtp,
  emailDelivery,
]);
