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

/**
 * Why a name of an archive that is taken cannot be read as a file. `no-right`: this user may not. `device`: an error of input
 * and output, as of a worn disk. `no-folder`: a file where a folder must be. `bad-name`: something else wrote it, for no key is
 * called so.
 */
export type UnreadableReason =
  'link' | 'folder' | 'special' | 'no-right' | 'device' | 'no-folder' | 'bad-name';

const unreadableWords: Readonly<Record<UnreadableReason, string>> = {
  link: 'it is a symbolic link, and links within an archive are not followed',
  folder: 'it is a folder',
  special: 'it is neither a file nor a folder',
  'no-right': 'permission denied',
  device: 'the device reported an input/output error',
  'no-folder': 'it is a file, where a folder must be',
  'bad-name': 'nothing in an archive has such a name',
};

/** A name of an archive is taken, but not by a file that can be read. That is damage, and no fault of the storage. */
export class UnreadableFile extends Failure {
  readonly location: string;
  readonly reason: UnreadableReason;

  constructor(location: string, reason: UnreadableReason, cause?: unknown) {
    super('storage', `cannot read ${location}: ${unreadableWords[reason]}`, {
      hints: [
        reason === 'no-right'
          ? 'Give the user of this command the right to read it, and run again.'
          : 'Put the file or folder itself in its place, from a copy of the archive, and run again.',
      ],
      cause,
    });
    this.location = location;
    this.reason = reason;
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
  ENFILE: 'too many open files on this machine',
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
  // What made the error knows more than its code.
  if (error instanceof Error && 'words' in error && typeof error.words === 'string') return error.words;
  const code = systemErrorCode(error);
  const words = code === undefined ? undefined : systemErrorWords[code];
  if (words !== undefined) return `${words} (${code})`;
  return error instanceof Error ? error.message : String(error);
}

/** The cause of a thrown value, or the value itself: fetch and streams wrap the error that explains the failure. */
export function innerError(error: unknown): unknown {
  const isWrapper = typeof error === 'object' && error !== null && 'cause' in error;
  return isWrapper ? (error.cause ?? error) : error;
}

/** What a person named is in the way or no name: to be named otherwise, and no fault of the disk. */
const wrongNames: ReadonlySet<string> = new Set(['ENOTDIR', 'EEXIST', 'EISDIR', 'ENAMETOOLONG', 'ELOOP']);

const adviceForWriting: Readonly<Record<string, string>> = {
  ENOSPC: 'Free space on that disk, or name a folder on another one.',
  EDQUOT: 'Free space there, or have the quota raised.',
  EFBIG: 'Have the limit of the size of files raised.',
  EROFS: 'Name a folder on a file system that can be written.',
  EACCES: 'Give the user of this command the right to write there, or name another folder.',
  EPERM: 'Give the user of this command the right to write there, or name another folder.',
};

/**
 * An error of the file system from writing what a person named on the command line, as a Failure: `usage` where another
 * name is needed, `storage` otherwise. Anything else comes back unchanged.
 *
 * @param where file or folder
 */
export function asWritingFailure(error: unknown, where: string): unknown {
  const code = systemErrorCode(error);
  if (error instanceof Failure || code === undefined || code === 'ABORT_ERR') return error;
  const isNamedWrong = wrongNames.has(code);
  const advice = isNamedWrong
    ? 'Name another one, or move what is there.'
    : (adviceForWriting[code] ?? 'Look at the file system there, and run the same command again.');
  return new Failure(isNamedWrong ? 'usage' : 'storage', `cannot write ${where}: ${explainError(error)}`, {
    hints: [advice],
    cause: error,
  });
}
