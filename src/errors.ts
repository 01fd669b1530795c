/**
 * The kind of failure, which decides the exit code.
 *
 * - `usage`: the command line or the configuration is wrong (exit 2)
 * - `storage`: the archive or the working directory could not be written or read (exit 4)
 * - `delivery`: a message could not be handed over (exit 4)
 */
export type FailureKind = 'usage' | 'storage' | 'delivery';

/** An expected failure: its message is for a person, and no stack trace is shown. */
export class Failure extends Error {
  readonly kind: FailureKind;
  /** What to do next, one sentence each. */
  readonly hints: readonly string[];
  /** Whether the same call may succeed a little later. */
  readonly retryable: boolean;

  constructor(
    kind: FailureKind,
    message: string,
    options: { hints?: readonly string[]; cause?: unknown; retryable?: boolean } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Failure';
    this.kind = kind;
    this.hints = options.hints ?? [];
    this.retryable = options.retryable ?? false;
  }
}

/** OCI does not accept the credentials: whatever uses them fails alike. */
export class CredentialsRefused extends Failure {
  constructor(message: string, options: { hints?: readonly string[]; cause?: unknown } = {}) {
    super('usage', message, options);
  }
}

/** Whether the user has to fix the command line or the configuration: no adapter may swallow such a failure. */
export function isUsageFailure(error: unknown): error is Failure {
  return error instanceof Failure && error.kind === 'usage';
}

/** A person or the system asked the program to stop: nothing is wrong, and nothing was lost. */
export class Stopped extends Error {
  constructor() {
    super('stopped by a signal');
    this.name = 'Stopped';
  }
}

/** The server rejected the message for its size; it might accept a smaller one. */
export class MessageTooLarge extends Failure {
  constructor(message: string, options: { hints?: readonly string[]; cause?: unknown } = {}) {
    super('delivery', message, options);
    this.name = 'MessageTooLarge';
  }
}

const systemErrorWords: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EFBIG: 'the file would be larger than allowed here',
  EMFILE: 'too many open files',
  ENOTDIR: 'a part of the path is a file, not a directory',
  EISDIR: 'it is a directory',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'the path is too long',
  EEXIST: 'it exists already',
  EIO: 'the device reported an input/output error',
};

/** The system error code of a thrown value (`ENOENT` …), or undefined. */
export function systemErrorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** A thrown value in words: "no space left on the device (ENOSPC)", or its own message. */
export function explainError(error: unknown): string {
  const code = systemErrorCode(error);
  const words = code === undefined ? undefined : systemErrorWords[code];
  if (words !== undefined) return `${words} (${code})`;
  return error instanceof Error ? error.message : String(error);
}

/** The cause of a thrown value, or the value itself: fetch and streams wrap the error that explains the failure. */
export function causeOf(error: unknown): unknown {
  const isWrapper = typeof error === 'object' && error !== null && 'cause' in error;
  return isWrapper ? (error.cause ?? error) : error;
}
