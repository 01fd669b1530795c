/**
 * - a status: answered with it, and an error of its kind.
 * - partial: half of the rows, with an error beside them.
 * - short: half of the rows, and nothing tells.
 * - html: 200 with a page for people. empty: 200 with {}.
 * - reset: no answer. cut: half of the answer, then the connection is cut. silence: no answer, and no end.
 * - stall: half of the answer, and no end.
 */
export type AzureFault =
  | {
      readonly status: 400 | 401 | 403 | 404 | 413 | 429 | 500 | 502 | 503 | 504;
      readonly retryAfterSeconds?: number;
    }
  | {
      readonly kind: 'partial' | 'short' | 'html' | 'empty' | 'reset' | 'cut' | 'silence' | 'stall';
      /** Of `partial`: what the inner error says. */
      readonly words?: string;
    };

export interface QueryRequest {
  readonly workspace: string;
  readonly query: string;
  readonly isCount: boolean;
}

/** Which queries go wrong and how. */
export class AzureFaults {
  readonly #planned: {
    readonly matches: (request: QueryRequest) => boolean;
    readonly fault: AzureFault;
    times: number;
  }[] = [];

  /** The oldest plan goes first. @param match a part of the query, or a predicate */
  next(match: string | ((request: QueryRequest) => boolean), fault: AzureFault, times = 1): void {
    const matches =
      typeof match === 'string' ? (request: QueryRequest): boolean => request.query.includes(match) : match;
    this.#planned.push({ matches, fault, times });
  }

  clear(): void {
    this.#planned.length = 0;
  }

  take(request: QueryRequest): AzureFault | null {
    const plan = this.#planned.find(({ matches, times }) => times > 0 && matches(request));
    if (plan === undefined) return null;
    plan.times -= 1;
    return plan.fault;
  }
}

/** learn.microsoft.com: azure-monitor/logs/api/errors */
const errorsOfStatus: Readonly<Record<number, readonly [code: string, message: string, inner?: string]>> = {
  400: ['BadArgumentError', 'The request had some invalid properties', 'SyntaxError'],
  401: ['InvalidTokenError', 'The provided authentication is not valid for this resource'],
  403: ['InsufficientAccessError', 'The provided credentials have insufficient access'],
  404: ['PathNotFoundError', 'The requested path does not exist'],
  429: ['ThrottledError', 'You have been rate limited'],
  504: ['GatewayTimeout', 'The query did not end in its time'],
};

export function errorBody(status: number): unknown {
  const [code, message, inner] = errorsOfStatus[status] ?? ['InternalServerError', 'The service failed'];
  return {
    error: {
      code,
      message,
      ...(inner !== undefined && { innererror: { code: inner, message: 'at line 1' } }),
    },
  };
}
