import { plainLine } from '../../../../base/text-safety.js';

/** A location that was cut leads nowhere; anything longer is not a location. */
export const mailLocationChars = 1_000;

/** Only an address that every mail client recognises becomes a link. */
export function isLink(location: string): boolean {
  return (
    /^https:\/\/[^\s]+$/.test(location) &&
    location === plainLine(location) &&
    location.length <= mailLocationChars
  );
}

export function linkOrNull(location: string | null): string | null {
  return location !== null && isLink(location) ? location : null;
}
