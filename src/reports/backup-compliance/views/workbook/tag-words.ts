/** `env=prod; team=dba`, in code-unit order of the names; null where there is no tag. */
export function tagWords(tags: Readonly<Record<string, string>>): string | null {
  const names = Object.keys(tags).sort();
  return names.length === 0 ? null : names.map((name) => `${name}=${tags[name]}`).join('; ');
}
