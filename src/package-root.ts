/** The package's own folder, from the compiled file's place in it (dist/src/package-root.js). */
export const packageRoot = new URL('../../', import.meta.url);
