import { Failure, explainError } from '../../errors.js';
import type { DeliveryRecord } from '../../model/delivery.js';
import type { Log } from '../../ports/log.js';

/** Why a mail or notice did not reach everybody. Every field is absent where there is nothing to say. */
export interface RouteFault {
  /** Who was refused, each in the words of the server. */
  readonly refused?: DeliveryRecord['refused'];
  /** Why nobody has it. */
  readonly reason?: string;
  /** What to do next, one sentence each. */
  readonly hints?: readonly string[];
}

/** refused: whoever was to take it refused it. failed: it was not tried, or its result is not recorded. */
export interface FailedRoute extends RouteFault {
  readonly kind: 'refused' | 'failed';
  readonly reason: string;
}

export interface RouteWatch {
  /** Errors of the program itself, in order. */
  readonly unexpected: readonly unknown[];
  /** Does the work of one route. What goes wrong is its result, so that the others are tried all the same. */
  attempt<T>(route: string, work: () => Promise<T>): Promise<T | FailedRoute>;
}

/** @param fields of every log line */
export function watchRoutes(log: Log, fields: Readonly<Record<string, unknown>>): RouteWatch {
  const unexpected: unknown[] = [];
  return {
    unexpected,
    async attempt(route, work) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Failure)) unexpected.push(error);
        const failed = failedRouteOf(error);
        const { kind, reason } = failed;
        const stack = error instanceof Failure || !(error instanceof Error) ? {} : { stack: error.stack };
        log.warn({ ...fields, route, kind, reason, ...stack }, 'delivery: not delivered');
        return failed;
      }
    },
  };
}

export function failedRouteOf(error: unknown): FailedRoute {
  const reason = explainError(error);
  if (!(error instanceof Failure)) return { kind: 'failed', reason };
  const kind = error.kind === 'delivery' ? 'refused' : 'failed';
  return { kind, reason, ...(error.hints.length === 0 ? {} : { hints: error.hints }) };
}
