import type { CallGate } from '../http/call-gate.js';
import type { OciCall } from './oci-error.js';

/** What the HTTP client knows of an answer that the SDK could not read. */
export interface AnswerFacts {
  readonly call: OciCall;
  readonly status: number;
  readonly requestId: string | null;
  readonly contentType: string | null;
  /** First characters of the body; null: it was passed on as a stream. */
  readonly beginning: string | null;
  /** Whether the call changes nothing, so that it may be made again whatever became of it. */
  readonly isReading: boolean;
}

/** What the HTTP client and those who make calls tell each other about one call; the SDK would hide it. */
export interface CallContext {
  readonly gate: CallGate | null;
  failure: Error | null;
  /** The last good answer. */
  answer: AnswerFacts | null;
}
