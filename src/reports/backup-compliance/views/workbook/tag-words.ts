/** `env=prod; team=dba`, names in code-unit order; null if there is no tag. */
export function tagWords(tags: Readonly<Record<string, string>>): string | null {
  const names = Object.keys(tags).sort();
  return names.length === 0 ? null : names.map((name) => `${name}=${tags[name]}`).join('; ');
}
