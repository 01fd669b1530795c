/** What a server says, on one line and of bounded length: it is a stranger's text. */
export function serverWords(text: string, mostCharacters = 300): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Z}]+/gu, ' ').trim();
  const characters = [...line];
  return characters.length <= mostCharacters ? line : `${characters.slice(0, mostCharacters - 1).join('')}…`;
}
