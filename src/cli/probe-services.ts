import { count } from '../base/english.js';
import { dayMs } from '../base/time-units.js';
import { loadPlan } from '../wiring/load-plan.js';
import { Failure } from '../errors.js';
import type { ServiceProbe } from '../ports/event-source.js';
import { wireDoctor } from '../wiring/wire-doctor.js';
import { type MergedProbe, mergeProbes, profileText } from './service-profile-text.js';
import { type Output, createLog } from './output.js';
import type { DoctorOptions } from './doctor.js';

const probedDays = 7;

/**
 * `backup-report doctor --probe-service`: asks the plan's services what their documents leave open, and prints a
 * profile for the configuration. Exits with 3 if nothing could be found out.
 *
 * @throws Failure('usage') if no source has such a service, or OCI does not accept the credentials
 */
export async function probeServices(options: DoctorOptions, output: Output): Promise<number> {
  const loaded = await loadPlan(options.config, { secretsOf: [] });
  const plan = await wireDoctor(loaded, await createLog(options.logLevel));
  const toMs = plan.clock.nowMs();
  const probes: ServiceProbe[] = [];
  for (const { open } of plan.sources) {
    const source = await open();
    if (source.probe !== undefined) {
      probes.push(await source.probe({ fromMs: toMs - probedDays * dayMs, toMs }));
    }
  }
  if (probes.length === 0) {
    throw new Failure('usage', 'no source of the plan has a service that leaves anything open', {
      hints: ['Only sources of type log-analytics do.'],
    });
  }
  const merged = mergeProbes(probes);
  const facts = `${count(merged.calls, 'call')}, over the records of ${probedDays} days`;
  output.answer(options.json === true ? JSON.stringify(merged) : profileText(merged, facts));
  return isEmpty(merged) ? 3 : 0;
}

function isEmpty({ serviceProfile }: MergedProbe): boolean {
  return Object.values(serviceProfile).every((section) => Object.keys(section).length === 0);
}
