import { artefactNames, isOfPart } from './artefact-names.js';
import { isReportDate } from './report-date.js';

/*
 * Every name that an archive may have below `<plan>/` (design, section 6). Whatever else lies there is foreign: nobody
 * knows who wrote it. Keys are relative to the archive, with `/`.
 */

/** What a file of an archive is. */
export type ArchivedFile =
  | {
      readonly place: 'revision';
      readonly date: string;
      readonly revision: number;
      readonly name: string;
      /** artefact: the manifest names it. attestation: it is about the manifest, and may be younger. */
      readonly role: 'artefact' | 'manifest' | 'attestation' | 'delivery';
    }
  | {
      readonly place: 'period';
      /** `2026-11`, `2026-Q4`, `2026-11-01_2026-11-08` */
      readonly period: string;
      readonly revision: number;
      readonly name: string;
      readonly role: 'artefact' | 'manifest' | 'attestation' | 'delivery';
    }
  | { readonly place: 'log'; readonly number: number }
  | { readonly place: 'renamed' }
  | { readonly place: 'made-by'; readonly sha256: string }
  | { readonly place: 'keys' | 'attestations' | 'forward' | 'doctor'; readonly name: string };

/** `daily-backup/made-by/<sha256>` */
export function madeByKey(plan: string, sha256: string): string {
  return `${plan}/made-by/${sha256}`;
}

/** `daily-backup/keys/`: the public keys of the plan's signatures. */
export function keysPrefix(plan: string): string {
  return `${plan}/keys/`;
}

/** `daily-backup/keys/<keyid>.json` */
export function keyRecordKey(plan: string, keyId: string): string {
  return `${keysPrefix(plan)}${keyId}.json`;
}

/** `daily-backup/keys/<keyid>.pem`: the public key alone, for other programs. */
export function publicKeyKey(plan: string, keyId: string): string {
  return `${keysPrefix(plan)}${keyId}.pem`;
}

/** `daily-backup/keys/<keyid>.revoked.json` */
export function keyRevocationKey(plan: string, keyId: string): string {
  return `${keysPrefix(plan)}${keyId}.revoked.json`;
}

/** `daily-backup/keys/timestamp-ca-<sha256>.pem`: a certificate that time stamps are checked by, named by its digest in DER. */
export function timestampCaKey(plan: string, sha256: string): string {
  return `${keysPrefix(plan)}timestamp-ca-${sha256}.pem`;
}

/** The digest in the name of a file below keys/; null: it holds no such certificate. */
export function timestampCaDigest(name: string): string | null {
  return /^timestamp-ca-([0-9a-f]{64})\.pem$/.exec(name)?.[1] ?? null;
}

/** `daily-backup/attestations/`: what people attest, as restore tests. */
export function attestationsPrefix(plan: string): string {
  return `${plan}/attestations/`;
}

/** `daily-backup/renamed.json`: under which name the reports of the plan go on. */
export function renamedKey(plan: string): string {
  return `${plan}/renamed.json`;
}

/** What the file is; null: no version of this program that is known to this one writes it. */
export function archivedFileOf(plan: string, key: string): ArchivedFile | null {
  if (!key.startsWith(`${plan}/`)) return null;
  if (key === renamedKey(plan)) return { place: 'renamed' };
  const [first = '', ...rest] = key.slice(plan.length + 1).split('/');
  if (rest.length === 0 || rest.some((part) => part === '')) return null;
  switch (first) {
    case 'made-by': {
      const [sha256 = ''] = rest;
      return rest.length === 1 && /^[0-9a-f]{64}$/.test(sha256) ? { place: first, sha256 } : null;
    }
    case 'log': {
      const number = /^(0|[1-9]\d{0,14})\.json$/.exec(rest.join('/'))?.[1];
      return number === undefined ? null : { place: first, number: Number(number) };
    }
    case 'keys':
    case 'attestations':
    case 'forward':
    case 'doctor':
      return { place: first, name: rest.join('/') };
    case 'periods':
      return fileOfPeriod(rest);
    default:
      return fileOfDay(first, rest);
  }
}

/** `2026/11/19/r1/report.json` */
function fileOfDay(year: string, rest: readonly string[]): ArchivedFile | null {
  const [month, day, numbered = '', name = '', ...deeper] = rest;
  const date = `${year}-${month}-${day}`;
  const role = roleOf(name);
  const revision = revisionOf(numbered);
  if (!isReportDate(date) || revision === null || role === null) return null;
  return deeper.length > 0 ? null : { place: 'revision', date, revision, name, role };
}

/** `2026-Q4/r1/report.json` */
function fileOfPeriod([
  period = '',
  numbered = '',
  name = '',
  ...deeper
]: readonly string[]): ArchivedFile | null {
  const role = roleOf(name);
  const revision = revisionOf(numbered);
  const isPeriod = /^\d{4}-(?:\d{2}|Q[1-4]|\d{2}-\d{2}_\d{4}-\d{2}-\d{2})$/.test(period);
  if (!isPeriod || revision === null || role === null || deeper.length > 0) return null;
  return { place: 'period', period, revision, name, role };
}

function revisionOf(numbered: string): number | null {
  const number = /^r([1-9]\d{0,8})$/.exec(numbered)?.[1];
  return number === undefined ? null : Number(number);
}

/** Files of lines, one for each kind of report; the last one is that of kinds of a company's own. */
const linesFiles = ['jobs.ndjson.gz', 'changes.ndjson.gz', 'activity.ndjson.gz', artefactNames.ownLines];

const artefacts = new Set<string>([
  artefactNames.report,
  artefactNames.page,
  artefactNames.workbook,
  artefactNames.evidence,
  artefactNames.recoveryPoints,
  artefactNames.carriedForward,
  ...linesFiles,
]);

const attestations = new Set<string>([
  artefactNames.signature,
  artefactNames.statement,
  artefactNames.timestamp,
  artefactNames.checkpoint,
]);

function roleOf(name: string): Extract<ArchivedFile, { readonly place: 'revision' }>['role'] | null {
  if (name === artefactNames.manifest) return 'manifest';
  if (artefacts.has(name) || isOfPart(name)) return 'artefact';
  if (attestations.has(name)) return 'attestation';
  return /^delivery-[1-9]\d{0,8}(?:\.claim)?\.json$/.test(name) ? 'delivery' : null;
}
