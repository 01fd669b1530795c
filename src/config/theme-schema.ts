import { z } from 'zod';
import { textValue } from './values.js';

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
