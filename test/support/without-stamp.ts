import { stampPrefix } from '../../src/model/report-stamp.js';

/** A page without what the engine says of it for programs. */
export function withoutStamp(page: string): string {
  return page.replace(new RegExp(String.raw`\n?<meta name="${stampPrefix}[^>]*>`, 'g'), '');
}
