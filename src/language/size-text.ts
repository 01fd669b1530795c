import type { MessageText } from './message-text.js';

const units = ['bytes', 'kilobytes', 'megabytes', 'gigabytes', 'terabytes', 'petabytes'] as const;

/** `12.5 GB`, `640 MB`: in the largest unit of which there is one, with at most one decimal place; 1 GB is 1024 MB. */
export function sizeText(bytes: number, text: MessageText, format: (value: number) => string): string {
  let rest = bytes;
  let unit = 0;
  while (rest >= 1024 && unit < units.length - 1) {
    rest /= 1024;
    unit += 1;
  }
  return text(`format.${units[unit]}`, { number: format(rest) });
}
