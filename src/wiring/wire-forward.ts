import type { LoadedConfiguration } from '../config/load.js';
import { Failure } from '../errors.js';
import type { ForwardPlan, ForwardPorts } from '../forward/forward-plan.js';
import type { Log } from '../ports/log.js';

/** What `forward` works with. @throws Failure('usage') for a plan that has nothing to forward, or nowhere to */
export async function wireForward(
  _loaded: LoadedConfiguration,
  _log: Log,
): Promise<{ readonly plan: ForwardPlan; readonly ports: ForwardPorts }> {
  throw new Failure('usage', 'forward is not wired');
}
