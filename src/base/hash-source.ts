import { createHash } from 'node:crypto';

/** What a Content-Security-Policy names an inline style or script by (W3C CSP 3, 2.3.1). */
export function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}
