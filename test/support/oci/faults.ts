import { jsonObject, type WireRequest } from './wire.js';

export type FaultStatus = 400 | 401 | 404 | 408 | 409 | 412 | 429 | 500 | 502 | 503 | 504;

export interface StatusFault {
  /** Answered without any effect. */
  readonly status: FaultStatus;
  readonly code?: string;
  readonly retryAfterSeconds?: number;
}

export interface SlowFault {
  readonly kind: 'slow';
  /** The effect happens at once, only the answer is late. */
  readonly ms: number;
}

/**
 * reset: the connection is reset before any effect or answer.
 * torn: the effect happens, then headers and half of the body are sent and the connection is closed; an answer
 * without a body is not sent at all.
 * torn-after-effect: the effect happens, then the connection is closed without an answer.
 * wrong-body: an object is read with wrong bytes under right headers.
 * partial: half of the rows, and arePartialResults says so.
 * hidden: isContentHidden is true.
 * short: half of the rows, and only the counts tell (of an export: nothing tells).
 * unfinished: percentComplete is 60, and there are half of the rows.
 * no-json: the effect happens, and the answer is 200 with a page of HTML; of what has no body, nothing.
 */
export interface KindFault {
  readonly kind:
    | 'reset'
    | 'torn'
    | 'torn-after-effect'
    | 'wrong-body'
    | 'partial'
    | 'hidden'
    | 'short'
    | 'unfinished'
    | 'no-json';
}

export type Fault = StatusFault | SlowFault | KindFault;

/** A predicate, or a part of "METHOD /path?query". */
export type RequestMatch = string | ((request: WireRequest) => boolean);

interface PlannedFault {
  readonly matches: (request: WireRequest) => boolean;
  readonly fault: Fault;
  times: number;
}

interface Chaos {
  readonly random: () => number;
  readonly probability: number;
  readonly kinds: readonly Fault[];
}

/** Which requests go wrong and how. Only requests with a right signature get here. */
export class Faults {
  /** How far the stand-in's clock is ahead. More than five minutes make every request fail. */
  clockOffsetMs = 0;

  readonly #planned: PlannedFault[] = [];
  #revokedFrom: PlannedFault['matches'] | null = null;
  #chaos: Chaos | null = null;

  /** Plans a fault for the next `times` requests that match and to which it can apply. The oldest plan goes first. */
  next(match: RequestMatch, fault: Fault, times = 1): void {
    this.#planned.push({ matches: matcherOf(match), fault, times });
  }

  /** From the first request on that matches, the key is revoked for every service. */
  revokeKeyFrom(match: RequestMatch): void {
    this.#revokedFrom = matcherOf(match);
  }

  restoreKey(): void {
    this.#revokedFrom = null;
  }

  isKeyRevoked(request: WireRequest): boolean {
    if (this.#revokedFrom?.(request) !== true) return false;
    this.#revokedFrom = () => true;
    return true;
  }

  /** From now on every request goes wrong with this probability, in one of the given ways; planned faults go first. */
  chaos(seed: number, probability: number, kinds: readonly Fault[]): void {
    this.#chaos = { random: seededRandom(seed), probability, kinds };
  }

  /** Ends chaos and forgets what is planned. The clock stays. */
  clear(): void {
    this.#planned.length = 0;
    this.#chaos = null;
  }

  /** How many planned faults have not happened yet. */
  pending(): number {
    return this.#planned.reduce((sum, { times }) => sum + times, 0);
  }

  /** The fault for this request, if any; a planned one is used up. */
  take(request: WireRequest): Fault | null {
    const index = this.#planned.findIndex((plan) => plan.matches(request) && canApply(plan.fault, request));
    const plan = this.#planned[index];
    if (plan === undefined) return this.#takeChaos(request);
    plan.times -= 1;
    if (plan.times <= 0) this.#planned.splice(index, 1);
    return plan.fault;
  }

  #takeChaos(request: WireRequest): Fault | null {
    if (this.#chaos === null) return null;
    const { random, probability, kinds } = this.#chaos;
    if (random() >= probability) return null;
    const possible = kinds.filter((fault) => canApply(fault, request));
    return possible[Math.floor(random() * possible.length)] ?? null;
  }
}

function matcherOf(match: RequestMatch): (request: WireRequest) => boolean {
  if (typeof match !== 'string') return match;
  return ({ method, target }) => `${method} ${target}`.includes(match);
}

export function faultKind(fault: Fault | null): string | null {
  if (fault === null) return null;
  return 'kind' in fault ? fault.kind : String(fault.status);
}

function canApply(fault: Fault, request: WireRequest): boolean {
  switch (faultKind(fault)) {
    case 'wrong-body':
      return request.method === 'GET' && /^\/n\/[^/]+\/b\/[^/]+\/o\/./.test(request.path);
    case 'partial':
    case 'unfinished':
    case 'hidden':
      return answersRows(request, 'query');
    case 'short':
      return answersRows(request, 'query') || answersRows(request, 'export');
    default:
      return true;
  }
}

function answersRows(request: WireRequest, action: 'query' | 'export'): boolean {
  if (!request.path.endsWith(`/search/actions/${action}`)) return false;
  return request.method === 'GET' || jsonObject(request.body)?.['shouldRunAsync'] !== true;
}

/** Mulberry32: numbers in [0, 1), the same for the same seed. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}
