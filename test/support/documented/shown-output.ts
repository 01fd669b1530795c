/**
 * Whether a command printed what a page shows. Aside: spaces, sizes in bytes, and what the page leaves out by `…`, as the program
 * does where a terminal is narrow.
 */
export function isShown(shown: string, printed: string): boolean {
  const parts = plain(shown)
    .split('…')
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*?')}$`).test(plain(printed));
}

export function plain(text: string): string {
  return text
    .replaceAll(/\d+ bytes/g, 'N bytes')
    .replaceAll(/ *\n\s*/g, '\n')
    .replaceAll(/ +/g, ' ')
    .trim();
}
