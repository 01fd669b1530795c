const shownChars = 160;

/**
 * User text on one line: it must not control the terminal, change the direction of the line or fill the screen.
 *
 * @param maxChars longer text is cut and ends with `…`; Infinity where it does not go to a screen
 */
export function terminalText(text: string, maxChars = shownChars): string {
  // A character has at most two UTF-16 units: this is at least one character more than is shown.
  const line = text
    .slice(0, 2 * (maxChars + 1))
    .toWellFormed()
    .replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu, '\ufffd');
  const characters = Array.from(line);
  return characters.length <= maxChars ? line : `${characters.slice(0, maxChars).join('')}…`;
}
