import { randomUUID } from 'node:crypto';
import type { LogsQueryClient } from '@azure/monitor-query-logs';
import type { AccessToken, TokenCredential } from '@azure/identity';
import { setTimeout as delay } from 'node:timers/promises';
import pRetry from 'p-retry';
import { unlessAborted } from '../base/unless-aborted.js';
import type { CallGate } from '../http/call-gate.js';
import { RetryDecision, waitOptions } from '../http/retry-policy.js';
import type { Log } from '../ports/log.js';
import { AzureCallError, AzureSignInError } from './azure-error.js';
import { judgeAnswer, judgeFailure } from './call-outcome.js';
import type { AzurePlaces } from './clouds.js';
import { type AzureSignIn, makeCredential, principalOf, tlsOptions } from './credential.js';
import { type AnswerLimits, OpenCall, rawAnswers, requestIdHeader } from './raw-answers.js';
import { SignInWitness } from './sign-in-witness.js';
import { signInWords } from './sign-in-words.js';
import type { TableAnswer } from './table-answer.js';

/** How calls are made. Milliseconds. */
export interface AzureCallOptions {
  /** Longest silence of one attempt until its answer begins. The service is told to answer a little earlier. */
  readonly timeoutMs: number;
  /** Longest silence within an answer. */
  readonly betweenPartsMs: number;
  /** Attempts per call, including the first; those that were refused with 429 are not counted. */
  readonly attempts: number;
  /** First wait before another attempt; each later one twice as long, with jitter. */
  readonly firstDelayMs: number;
  /** No attempt begins after this time. */
  readonly deadlineMs: number;
  /** Most bytes of one answer, unpacked. */
  readonly maxBytes: number;
}

export interface AzureOptions {
  readonly places: AzurePlaces;
  readonly signIn: AzureSignIn;
  /** Certificates in PEM that are trusted besides those of Node.js; null: none. */
  readonly authorities: string | null;
  readonly calls: AzureCallOptions;
}

/** One query of one workspace. */
export interface WorkspaceQuery {
  /** The workspace's GUID. */
  readonly workspace: string;
  /** KQL. */
  readonly text: string;
  /** Milliseconds. The service may use it to look at less; what is exact is the query's own filter. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** What ends the calls of one reading. */
export interface CallLimits {
  /** null: nothing but the connection's own deadline. */
  readonly gate: CallGate | null;
  readonly stop: AbortSignal;
}

/** One identity for all workspaces of a plan. */
export interface AzureConnection {
  /** How and as whom it signs in; never a secret. */
  readonly principal: string;
  /** How far the service's clock is ahead of this machine's, milliseconds; null before the first answer. */
  clockSkewMs(): number | null;
  /** Gets a token, or has one. @throws AzureSignInError */
  signIn(limits: CallLimits): Promise<void>;
  /** @throws AzureCallError; AzureSignInError; CallsSpentError; the reason of `stop` */
  query(query: WorkspaceQuery, limits: CallLimits): Promise<TableAnswer>;
}

/** Longest wait for a token: a sign-in by this machine's identity has no end of its own. */
const signInMs = 60_000;
/** What the service may take for a query, seconds: learn.microsoft.com, azure-monitor/logs/api/timeouts. */
const mostWaitSeconds = 600;
const returnSeconds = 20;
/** Whether the service includes the ends of the time span is not documented: the query's own filter is within it. */
const spanMarginMs = 3_600_000;

/** Connects to nothing yet: the first call signs in. */
export async function connectToAzure(options: AzureOptions, log: Log): Promise<AzureConnection> {
  const { LogsQueryClient: Client } = await import('@azure/monitor-query-logs');
  const { places, authorities } = options;
  const open = new Map<string, OpenCall>();
  const credential = new LateCredential(options);
  const client = new Client(credential, {
    endpoint: places.endpoint,
    credentials: { scopes: [scopeOf(places)] },
    // The SDK waits as long as Retry-After says and cannot be stopped; it does not retry without it.
    retryOptions: { maxRetries: 0 },
    // A redirection leads to a page for people to sign in; a token is not sent on.
    redirectOptions: { maxRetries: 0 },
    additionalPolicies: [{ policy: rawAnswers(open), position: 'perCall' }],
    ...tlsOptions(authorities),
  });
  return new Connection({ client, credential, open }, options, log);
}

interface SdkParts {
  readonly client: LogsQueryClient;
  readonly credential: LateCredential;
  /** Calls that wait for their answers, by their request ids. */
  readonly open: Map<string, OpenCall>;
}

class Connection implements AzureConnection {
  readonly principal: string;
  readonly #options: AzureOptions;
  readonly #sdk: SdkParts;
  readonly #log: Log;
  #skewMs: number | null = null;

  constructor(sdk: SdkParts, options: AzureOptions, log: Log) {
    this.principal = principalOf(options.signIn);
    this.#options = options;
    this.#sdk = sdk;
    this.#log = log;
  }

  clockSkewMs(): number | null {
    return this.#skewMs;
  }

  async signIn({ stop }: CallLimits): Promise<void> {
    const tooLate = AbortSignal.timeout(signInMs);
    const token = this.#sdk.credential.getToken(scopeOf(this.#options.places));
    await unlessAborted(unlessAborted(token, tooLate), stop).catch((error: unknown) => {
      throw stop.aborted ? error : this.#notSignedIn(error);
    });
  }

  async query(query: WorkspaceQuery, limits: CallLimits): Promise<TableAnswer> {
    const { calls } = this.#options;
    const stopsAt = performance.now() + calls.deadlineMs;
    const decision = new RetryDecision(calls.attempts);
    const leftMs = (): number =>
      Math.min(stopsAt - performance.now(), limits.gate?.leftMs() ?? Number.POSITIVE_INFINITY);
    return pRetry(() => this.#attempt(query, limits), {
      ...waitOptions(calls),
      signal: limits.stop,
      onFailedAttempt: async ({ error, attemptNumber }) => {
        if (!(error instanceof AzureCallError) || !decision.isWorthwhile(error)) throw error;
        const { waitMs } = error;
        if (leftMs() <= 0) throw error;
        if (waitMs > leftMs()) throw error.notWaitedFor();
        const reason = error.message;
        this.#log.warn({ attempt: attemptNumber, reason, waitMs }, 'Azure call failed, trying again');
        if (waitMs > 0) await delay(waitMs, undefined, { signal: limits.stop });
      },
    });
  }

  async #attempt(query: WorkspaceQuery, limits: CallLimits): Promise<TableAnswer> {
    await this.signIn(limits);
    limits.gate?.enter();
    const requestId = randomUUID();
    const call = new OpenCall(this.#answerLimits(), limits.stop);
    this.#sdk.open.set(requestId, call);
    try {
      await unlessAborted(this.#send(query, requestId), call.signal).catch((error: unknown) => {
        if (limits.stop.aborted) throw limits.stop.reason;
        if (isSignInError(error)) throw this.#notSignedIn(error);
        if (call.answer === null) throw judgeFailure(call, requestId, error, this.#options.calls.maxBytes);
      });
      if (call.answer === null) throw new TypeError('the SDK sent no request');
      if (call.answer.date !== null) this.#skewMs = Date.parse(call.answer.date) - Date.now();
      return judgeAnswer(call.answer, requestId);
    } finally {
      this.#sdk.open.delete(requestId);
      call.close();
    }
  }

  async #send({ workspace, text, fromMs, toMs }: WorkspaceQuery, requestId: string): Promise<void> {
    const span = { startTime: new Date(fromMs - spanMarginMs), endTime: new Date(toMs + spanMarginMs) };
    const waitSeconds = Math.floor(this.#options.calls.timeoutMs / 1000) - returnSeconds;
    await this.#sdk.client.queryWorkspace(workspace, text, span, {
      serverTimeoutInSeconds: Math.min(Math.max(waitSeconds, 1), mostWaitSeconds),
      requestOptions: { headers: { [requestIdHeader]: requestId } },
    });
  }

  #answerLimits(): AnswerLimits {
    const { timeoutMs, betweenPartsMs, maxBytes } = this.#options.calls;
    return { timeoutMs, betweenPartsMs, maxBytes };
  }

  #notSignedIn(error: unknown): AzureSignInError {
    const { signIn } = this.#options;
    const secrets = signIn.type === 'client-secret' ? [signIn.clientSecret] : [];
    return new AzureSignInError(signInWords(error, this.#sdk.credential.witness.failure, secrets), error);
  }
}

/** A token is not used to its end: a query may take ten minutes. */
const leftOfTokenMs = 900_000;

/**
 * The SDK's credential, made when it is needed: what it lacks of the environment fails a reading, and no other part. Keeps
 * its token: that of the SDK finds the one that it keeps only for directories that it knows.
 */
class LateCredential implements TokenCredential {
  readonly witness = new SignInWitness();
  readonly #options: AzureOptions;
  #made: Promise<TokenCredential> | null = null;
  #token: AccessToken | null = null;

  constructor(options: AzureOptions) {
    this.#options = options;
  }

  async getToken(...asked: Parameters<TokenCredential['getToken']>): ReturnType<TokenCredential['getToken']> {
    const { signIn, places, authorities, calls } = this.#options;
    const { firstDelayMs } = calls;
    const [, { claims } = {}] = asked;
    const isKept = (this.#token?.expiresOnTimestamp ?? 0) - Date.now() > leftOfTokenMs;
    if (isKept && claims === undefined) return this.#token;
    this.#made ??= makeCredential({ signIn, places, authorities, firstDelayMs, witness: this.witness });
    this.#token = await (await this.#made).getToken(...asked);
    return this.#token;
  }
}

const signInErrors: ReadonlySet<string> = new Set([
  'AuthenticationError',
  'AuthenticationRequiredError',
  'AggregateAuthenticationError',
  'CredentialUnavailableError',
]);

function isSignInError(error: unknown): boolean {
  return error instanceof Error && signInErrors.has(error.name);
}

function scopeOf({ audience }: AzurePlaces): string {
  return `${audience}/.default`;
}
