import { durationInWords } from '../base/english.js';
import { reasonWords } from '../model/reasons/reason-words.js';

/** The facts of a failed call. */
export interface AzureCallFacts {
  readonly reason: string;
  /** HTTP status; null: no answer came, or the status was fine and the content was not. */
  readonly status: number | null;
  /** From the outermost to the innermost: `BadArgumentError`, `SemanticError`, `SEM0100`. */
  readonly codes: readonly string[];
  /** The x-ms-client-request-id that was sent: Microsoft finds the call by it. */
  readonly requestId: string;
  /** Whether the same call may succeed a little later. */
  readonly retryable: boolean;
  /** Refused for the number of calls alone: a deadline ends the waiting, and not a number of attempts. */
  readonly isThrottled: boolean;
  /** How long the answer asks to wait (Retry-After), milliseconds; 0 if it does not say. */
  readonly waitMs: number;
  /** More was asked for than one answer can hold, or than the service does in its time: ask for less. */
  readonly isTooMuch: boolean;
  readonly cause?: unknown;
}

/** A failed query, in words for a person and with what a support request needs. */
export class AzureCallError extends Error {
  readonly facts: AzureCallFacts;
  readonly status: number | null;
  readonly retryable: boolean;
  readonly isThrottled: boolean;
  readonly waitMs: number;
  readonly isTooMuch: boolean;

  constructor(facts: AzureCallFacts) {
    super(wordsOf(facts), { cause: facts.cause });
    this.name = 'AzureCallError';
    this.facts = facts;
    this.status = facts.status;
    this.retryable = facts.retryable;
    this.isThrottled = facts.isThrottled;
    this.waitMs = facts.waitMs;
    this.isTooMuch = facts.isTooMuch;
  }

  /** The same answer where nobody waits for so long. */
  notWaitedFor(): AzureCallError {
    const { reason: why, waitMs } = this.facts;
    const reason = reasonWords('notWaitedFor', { why, time: durationInWords(waitMs) });
    return new AzureCallError({ ...this.facts, reason, retryable: false, isThrottled: false });
  }
}

/** Microsoft Entra ID gave no token: every query would fail alike. */
export class AzureSignInError extends Error {
  constructor(why: string, cause: unknown) {
    super(reasonWords('azureNotSignedIn', { why }), { cause });
    this.name = 'AzureSignInError';
  }
}

/**
 * Whether a query named a table that the workspace does not have. A column that it lacks has the same code; our queries
 * name none but TimeGenerated.
 */
export function isMissingTable(error: unknown): boolean {
  return error instanceof AzureCallError && error.status === 400 && error.facts.codes.includes('SEM0100');
}

/** Whether a workspace cannot be read at all: it is not there, or not for this principal. */
export function isRefused(error: unknown): boolean {
  return error instanceof AzureCallError && [401, 403, 404].includes(error.status ?? 0);
}

function wordsOf({ reason: why, status, codes, requestId: request }: AzureCallFacts): string {
  if (status === null) return reasonWords('azureFailed', { why, request });
  const [code] = codes;
  return reasonWords('azureAnswered', {
    status: code === undefined ? status : `${status} ${code}`,
    why,
    request,
  });
}
