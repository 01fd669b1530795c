const unreleased = '## Unreleased\n';

/**
 * The changes with those that were not released under the version, and nothing under "Unreleased".
 *
 * @param date as 2026-11-19
 * @throws Error where there is nothing to release
 */
export function releasedChangelog(text, version, date) {
  const start = text.indexOf(unreleased);
  if (start === -1) throw new Error('CHANGELOG.md has no section "## Unreleased"');
  if (text.includes(`\n## ${version} `)) throw new Error(`CHANGELOG.md has a section of ${version} already`);
  const changes = text.slice(start + unreleased.length).split(/^## /m, 1)[0];
  if (!/^- /m.test(changes)) throw new Error('CHANGELOG.md has no change that was not released');
  const before = text.slice(0, start + unreleased.length);
  return `${before}\n## ${version} - ${date}\n${text.slice(start + unreleased.length)}`;
}
