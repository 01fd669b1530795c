/** The code of the example, so that it finds this package and zod wherever it is written to. */
export function kindCode(example: string): string {
  return example
    .replace("'oci-backup-reporter'", JSON.stringify(new URL('../../src/library.js', import.meta.url).href))
    .replace("'zod'", JSON.stringify(import.meta.resolve('zod')));
}
