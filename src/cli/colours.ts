/**
 * Whether text for people is coloured: on a terminal, unless NO_COLOR has any text (https://no-color.org) or TERM is dumb.
 * FORCE_COLOR decides before both: 0 or false is never, anything else is always.
 */
export function showsColours(isTerminal: boolean, environment: NodeJS.ProcessEnv): boolean {
  const { FORCE_COLOR, NO_COLOR = '', TERM } = environment;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return !['0', 'false'].includes(FORCE_COLOR);
  return isTerminal && NO_COLOR === '' && TERM !== 'dumb';
}
