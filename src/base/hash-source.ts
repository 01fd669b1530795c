import { createHash } from 'node:crypto';

/** The hash source by which a Content-Security-Policy allows an inline style or script (W3C CSP 3, 2.3.1). */
export function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}
