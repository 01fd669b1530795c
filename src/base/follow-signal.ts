/** A signal that ends with another one, or by itself. */
export interface FollowedSignal {
  readonly signal: AbortSignal;
  /** Aborts what goes by it, and forgets the other one. */
  end(): void;
}

export function followSignal(other: AbortSignal | undefined): FollowedSignal {
  const stop = new AbortController();
  const follow = (): void => stop.abort(other?.reason);
  if (other?.aborted === true) follow();
  else other?.addEventListener('abort', follow);
  return {
    signal: stop.signal,
    end: () => {
      other?.removeEventListener('abort', follow);
      stop.abort();
    },
  };
}
