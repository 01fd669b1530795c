import { IANAZone } from 'luxon';
import { z } from 'zod';
import { dayMs, hourMs, minuteMs, secondMs } from '../base/time-units.js';

const msPerUnit: Readonly<Record<string, number>> = {
  ms: 1,
  s: secondMs,
  m: minuteMs,
  h: hourMs,
  d: dayMs,
};
const bytesPerUnit: Readonly<Record<string, number>> = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };

/** `6h`, `30s`, `7d` -> milliseconds. */
export const durationValue = z
  .string()
  .regex(/^\d+(ms|s|m|h|d)$/, 'must be a number with ms, s, m, h or d: 30s, 6h, 7d')
  .transform((text) => Number.parseInt(text, 10) * (msPerUnit[text.replace(/^\d+/, '')] ?? 1));

/** `2MiB` or a number -> bytes. */
export const bytesValue = z.union([
  z.int().positive(),
  z
    .string()
    .regex(/^\d+(B|KiB|MiB|GiB)$/, 'must be a number of bytes, or with B, KiB, MiB or GiB: 2MiB')
    .transform((text) => {
      const unit = text.replace(/^\d+/, '');
      return Number.parseInt(text, 10) * (bytesPerUnit[unit] ?? 1);
    }),
]);

export const timezoneValue = z
  .string('is required: an IANA time zone such as America/New_York')
  .refine((zone) => IANAZone.isValidZone(zone), 'must be an IANA time zone such as America/New_York');

/** `ops@example.com`, or a name before it: `Operations <ops@example.com>`. */
export const addressValue = z
  .string()
  .regex(/^(?:[^<>\r\n]*<)?[^\s<>@]+@[^\s<>@]+>?$/, 'must be a mail address such as ops@example.com');

export const textValue = z.string().min(1, 'must not be empty');

export const regionValue = z
  .string()
  .regex(
    /^(?:[a-z]+(?:-[a-z]+)+-\d+|[a-z]{3})$/,
    'must be a region such as us-ashburn-1, or its key such as iad',
  );

export const webUrlValue = z.url({ protocol: /^https?$/, error: 'must be a URL with https:// or http://' });

export const ocidValue = z
  .string()
  .regex(/^ocid1\.[a-z0-9]+\.[^\s]*$/i, 'must be an OCID: ocid1.compartment.oc1..…');

/** Where an OCI adapter connects to; `endpoint` is for private endpoints, other realms and tests. */
export const ociPlaceFields = { region: regionValue.optional(), endpoint: webUrlValue.optional() };

export const bucketFields = {
  ...ociPlaceFields,
  namespace: textValue.optional(),
  bucket: textValue,
};

/** For lists whose items are referred to by name. */
export function namesAreUnique(
  list: readonly { readonly name?: string | undefined }[],
  context: { addIssue: (issue: { code: 'custom'; path: PropertyKey[]; message: string }) => void },
): void {
  const seen = new Set<string>();
  for (const [index, { name }] of list.entries()) {
    if (name === undefined) continue;
    if (seen.has(name)) {
      context.addIssue({ code: 'custom', path: [index, 'name'], message: `${name} is there already` });
    }
    seen.add(name);
  }
}
