const form = /^(\d+)\.(\d+)\.(\d+)(-dev)?$/;

/**
 * The version of a release. Between releases the version is the next one with `-dev`.
 *
 * @param current version of package.json
 * @param what major, minor or patch, counted from the last release; or a version, which must be a later one
 * @throws Error for anything else
 */
export function nextVersion(current, what) {
  const [, major, minor, patch, isDev] = partsOf(current);
  if (what === 'major') return isDev && minor + patch === 0 ? `${major}.0.0` : `${major + 1}.0.0`;
  if (what === 'minor') return isDev && patch === 0 ? `${major}.${minor}.0` : `${major}.${minor + 1}.0`;
  if (what === 'patch') {
    if (!isDev) return `${major}.${minor}.${patch + 1}`;
    if (patch > 0) return `${major}.${minor}.${patch}`;
    throw new Error(
      `${current} is on the way to a minor release: a patch of the one before it needs a branch of its own`,
    );
  }
  const [, ...wanted] = partsOf(what);
  if (wanted[3]) throw new Error(`${what} is no version of a release`);
  const difference = [major, minor, patch]
    .map((each, place) => wanted[place] - each)
    .find((each) => each !== 0);
  if (difference === undefined ? !isDev : difference < 0)
    throw new Error(`${what} is not later than ${current}`);
  return what;
}

/** The version on the way to the next release. */
export function developmentVersion(released) {
  const [, major, minor] = partsOf(released);
  return `${major}.${minor + 1}.0-dev`;
}

function partsOf(version) {
  const found = form.exec(version ?? '');
  if (found === null) throw new Error(`${version}: give major, minor, patch, or a version such as 1.2.0`);
  return [version, ...found.slice(1, 4).map(Number), found[4] !== undefined];
}
