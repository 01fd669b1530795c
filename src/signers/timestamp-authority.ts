import { X509Certificate, randomBytes } from 'node:crypto';
import { sha256Hex } from '../base/digest.js';
import { secondMs } from '../base/time-units.js';
import { Failure, explainError } from '../errors.js';
import { readRegularFile } from '../files/regular-file.js';
import { PostError, hostOf, postForAnswer } from '../http/post.js';
import type { Clock } from '../ports/clock.js';
import type { Timestamp, TimestampAuthority } from '../ports/timestamp-authority.js';

export interface TimestampAuthorityOptions {
  /** Its path and query may be secret. */
  readonly url: string;
  /** Path of a file with the certificates, in PEM, of those who certify the authority. */
  readonly ca: string;
  /** Per attempt, in milliseconds. */
  readonly timeoutMs: number;
  readonly firstDelayMs?: number;
}

/** What has no time stamp gets one by the next run: nothing is worth a long wait. */
const retries = 2;
const longestTries = 3;

/**
 * An authority that is asked over HTTP (RFC 3161, section 3.4). The file of certificates is read when it is needed, so that one
 * that is missing costs no report; so is the library that reads time stamps.
 */
export function createTimestampAuthority(
  options: TimestampAuthorityOptions,
  clock: Pick<Clock, 'nowMs'>,
): TimestampAuthority {
  const location = hostOf(options.url);
  return {
    location,
    stamp: async (bytes) => stamp(bytes, await readCertificates(options.ca), { options, location, clock }),
    certificates: async () =>
      (await readCertificates(options.ca)).map((each) => ({
        sha256: sha256Hex(each.raw),
        pem: each.toString(),
      })),
  };
}

async function stamp(
  bytes: Uint8Array,
  authorities: readonly X509Certificate[],
  {
    options: { url, timeoutMs, firstDelayMs = secondMs },
    location,
    clock,
  }: {
    readonly options: TimestampAuthorityOptions;
    readonly location: string;
    readonly clock: Pick<Clock, 'nowMs'>;
  },
): Promise<Timestamp> {
  const { nonceOf, timestampRequestOf } = await import('../signing/timestamps/timestamp-request.js');
  const { largestReplyBytes } = await import('../signing/timestamps/read-timestamp-reply.js');
  const { verifyTimestamp } = await import('../signing/timestamps/verify-timestamp.js');
  const nonce = nonceOf(randomBytes(16));
  const deadlineMs = longestTries * timeoutMs;
  const how = { url, timeoutMs, deadlineMs, retries, firstDelayMs, largestBytes: largestReplyBytes };
  const query = timestampRequestOf(bytes, nonce);
  let reply: Uint8Array;
  try {
    ({ bytes: reply } = await postForAnswer(query, 'application/timestamp-query', how));
  } catch (error) {
    if (!(error instanceof PostError)) throw error;
    throw failure(location, error.message);
  }
  const verdict = await verifyTimestamp(reply, bytes, authorities, nonce);
  if (verdict.kind !== 'valid') throw failure(location, `its answer cannot be used: ${verdict.words}`);
  const { genTimeMs, by } = verdict;
  return { reply, genTimeMs, by, clockSkewMs: genTimeMs - clock.nowMs() };
}

function failure(location: string, why: string): Failure {
  return new Failure('storage', `the time-stamping authority ${location}: ${why}`, {
    hints: ['`backup-report doctor` asks it for a time stamp. The next run asks again.'],
  });
}

const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** @throws Failure('storage') where there is none: nobody would be trusted */
async function readCertificates(path: string): Promise<readonly X509Certificate[]> {
  const hints = ['Name a file with the certificate of who certifies the authority, in PEM.'];
  let text: string;
  try {
    text = (await readRegularFile(path)).toString('utf8');
  } catch (error) {
    throw new Failure('storage', `timestamp.ca: cannot read ${path}: ${explainError(error)}`, { hints });
  }
  try {
    const found = (text.match(certificate) ?? []).map((each) => new X509Certificate(each));
    if (found.length > 0) return found;
  } catch {
    throw new Failure('storage', `timestamp.ca: ${path} has a certificate that cannot be read`, { hints });
  }
  throw new Failure('storage', `timestamp.ca: ${path} has no certificate in PEM`, { hints });
}
