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

const duration = /^(\d+)(ms|s|m|h|d)$/;
const bytes = /^(\d+)(B|KiB|MiB|GiB)?$/;
const durationWords = 'must be a number with ms, s, m, h or d';

/** `6h`, `30s`, `7d` -> milliseconds, within bounds. What a timer waits for must stay below 24 days. */
export function durationBetween(least: string, most: string) {
  const [leastMs, mostMs] = [msOf(least) ?? 0, msOf(most) ?? Infinity];
  return z
    .string(`${durationWords}, from ${least} to ${most}`)
    .meta({ title: `duration, ${least} to ${most}`, pattern: duration.source })
    .transform((text, context) => {
      const ms = msOf(text);
      if (ms !== null && ms >= leastMs && ms <= mostMs) return ms;
      const message =
        ms === null ? `${durationWords}, from ${least} to ${most}` : `must be from ${least} to ${most}`;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    });
}

function msOf(text: string): number | null {
  const [, number, unit = ''] = duration.exec(text) ?? [];
  return number === undefined ? null : Number(number) * (msPerUnit[unit] ?? 1);
}

const bytesWords = 'must be a number of bytes, or with B, KiB, MiB or GiB (2MiB), up to 1GiB';

/** `2MiB` or a number -> bytes. */
export const bytesValue = z
  .union([z.number(), z.string().meta({ pattern: bytes.source })], bytesWords)
  .meta({ title: 'bytes, up to 1GiB' })
  .transform((given, context) => {
    const [, number, unit = 'B'] = bytes.exec(String(given)) ?? [];
    const size = Number(number ?? Number.NaN) * (bytesPerUnit[unit] ?? 1);
    if (size >= 1 && size <= 1024 ** 3) return size;
    context.addIssue({ code: 'custom', message: bytesWords });
    return z.NEVER;
  });

export const timezoneValue = z
  .string(wanted('is required: an IANA time zone such as America/New_York'))
  .refine((zone) => IANAZone.isValidZone(zone), 'must be an IANA time zone such as America/New_York')
  .meta({ title: 'IANA time zone' });

/** `ops@example.com`, or a name before it: `Operations <ops@example.com>`. */
export const addressValue = z
  .string()
  .regex(/^(?:[^<>\r\n]*<)?[^\s<>@]+@[^\s<>@]+>?$/, 'must be a mail address such as ops@example.com')
  .meta({ title: 'mail address' });

/** Words for a value that is not there; for one of another kind, those that all values have. */
export function wanted(required: string) {
  return {
    error: ({ input }: { readonly input?: unknown }) => (input === undefined ? required : undefined),
  };
}

export const textValue = z.string().min(1, 'must not be empty');

export const regionValue = z
  .string()
  .regex(
    /^(?:[a-z]+(?:-[a-z]+)+-\d+|[a-z]{3})$/,
    'must be a region such as us-ashburn-1, or its key such as iad',
  )
  .meta({ title: 'region' });

export const webUrlValue = z
  .url({ protocol: /^https?$/, error: 'must be a URL with https:// or http://' })
  .meta({ title: 'URL' });

export const ocidValue = z
  .string()
  .regex(/^ocid1\.[a-z0-9]+\.[^\s]*$/i, 'must be an OCID: ocid1.compartment.oc1..…')
  .meta({ title: 'OCID' });

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
