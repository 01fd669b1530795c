import { z } from 'zod';
import { textValue } from './values.js';

const httpsUrl = z
  .url({ protocol: /^https$/, error: 'must be a URL with https://' })
  .refine((url) => !/[?#]/.test(url), 'must not have ? or #')
  .transform((url) => url.replace(/\/+$/, ''));

/** Language of the reports: a folder of messages/ in the templates. */
export const languageSchema = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language such as en or de')
  .default('en');

export const brandingSchema = z.strictObject({
  company: textValue.optional(),
  /** PNG, JPEG or SVG. */
  logo: textValue.regex(/\.(png|jpe?g|svg)$/i, 'must be a .png, .jpg or .svg file').optional(),
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, "must be a colour such as '#c74634'")
    .optional(),
  footer: textValue.optional(),
});

/**
 * The console of the cloud that links lead to, `https://cloud.oracle.com`; none or false: there are no links, null.
 * Absent: by the realm of each resource.
 */
export const consoleUrlSchema = z
  .union([z.literal(['none', false]).transform(() => null), httpsUrl], {
    error: 'must be a URL with https://, or none',
  })
  .optional();

/** Where people reach the archive with a browser: `https://reports.example.com/backups`. */
export const publicUrlSchema = httpsUrl.optional();
