/** Whether a text would be more than one line. Two plain searches are many times as fast as an expression. */
export function hasLineBreak(text: string): boolean {
  return text.includes('\n') || text.includes('\r');
}
