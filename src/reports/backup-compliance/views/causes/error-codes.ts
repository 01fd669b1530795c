/**
 * Error codes in the words of a service, each once, in their order: `RMAN-03009`, `ORA-19511`, `LimitExceeded`. Those
 * of the database come in upper case with all their digits, however they were written (`ora-19809:`, `ORA-257:`).
 *
 * Names of hosts and the like (`flora-19809`, `ora-19809.example.com`, `ORA-19809-db`) are no codes.
 */
export function errorCodes(text: string): readonly string[] {
  const found: { readonly code: string; readonly at: number }[] = [];
  const codes = mayHaveCode.test(text) ? text.matchAll(databaseCode) : [];
  for (const { 1: prefix = '', 2: digits = '', index } of codes)
    found.push({ code: `${prefix.toUpperCase()}-${digits.padStart(5, '0')}`, at: index });
  for (const { 0: name, index } of text.matchAll(apiCode)) {
    const code = apiCodes.find((each) => each.toLowerCase() === name.toLowerCase());
    if (code !== undefined) found.push({ code, at: index });
  }
  return [...new Set(found.toSorted((a, b) => a.at - b.at).map(({ code }) => code))];
}

/** What every code of the database has, and few other texts: looked for first, because it is found in no time. */
const mayHaveCode = /[a-z\u017f]-\d\d/i;

/** A number whose zeros were left out counts only before a colon. A dot that ends a sentence may follow, no name. */
const databaseCode =
  /(?<![\p{L}\p{N}_@-])(ORA|RMAN|SBT|KBHS|DCS|DBT|NNL|TNS)-(\d{4,5}|\d{2,3}(?=:))(?![\p{L}\p{N}_@-]|\.[\p{L}\p{N}])/giu;

/** https://docs.oracle.com/en-us/iaas/Content/API/References/apierrors.htm */
const apiCodes = [
  'LimitExceeded',
  'QuotaExceeded',
  'NotAuthorizedOrNotFound',
  'NotAuthorized',
  'NotAuthenticated',
  'InsufficientServicePermissions',
  'SignatureDoesNotMatch',
  'KmsKeyDisabled',
  'BucketNotFound',
  'NamespaceNotFound',
  'IncorrectState',
  'OutOfCapacity',
  'OutOfHostCapacity',
  'InsufficientCapacity',
  'InternalServerError',
  'InternalError',
  'ServiceUnavailable',
  'TooManyRequests',
] as const;

const apiCode = new RegExp(`(?<![\\p{L}\\p{N}_.-])(?:${apiCodes.join('|')})(?![\\p{L}\\p{N}_-])`, 'giu');
