import type { StagedArtefact } from '../day/artefacts/describe-artefact.js';
import type { PeriodHead } from '../model/period-head.js';
import type { TemplateFault } from '../model/template-fault.js';
import type { PeriodCommitted } from './commit-period.js';

/** A committed revision of a period, ready to be mailed. */
export interface DeliverablePeriod<P extends PeriodHead> {
  readonly report: P;
  readonly committed: PeriodCommitted;
  readonly artefacts: readonly StagedArtefact[];
  /** Templates that could not be used; those of the mail are added. */
  readonly templateFaults: TemplateFault[];
}
