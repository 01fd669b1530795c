import { isOfPart } from '../model/artefact-names.js';
import type { ReportHead } from '../model/report-head.js';
import type { TemplateFault } from '../model/template-fault.js';
import { uniqueFaults } from './artefacts/render-with-shipped.js';
import type { Deliveries } from './delivery/deliver-report.js';
import type { CommittedDay } from './commit-day.js';
import { notifyOfCommitted, notifyOfKept } from './delivery/notify-of-day.js';
import { type LogFaults, withLogFaults } from './delivery/log-faults.js';
import { reportPlace } from './delivery/report-place.js';
import type { LoggedCheckpoint } from './log/keep-log.js';
import { type RenderedDay, deliverableDay } from './render-day.js';
import type { DayContext, DayResult } from './report-plan.js';
import { entryOf } from './revisions/manifest-of-day.js';
import type { CommittedRevision } from './revisions/read-revisions.js';

/** Mails the revision that was committed and notifies the channels. */
export async function deliverDay<R extends ReportHead>(
  { plan, request, ports }: DayContext<R>,
  committed: CommittedDay,
  report: R,
  { rendered, logged }: { readonly rendered: RenderedDay<R>; readonly logged: LoggedCheckpoint },
): Promise<DayResult<R>> {
  const { notify = true } = request;
  const { checkpoint } = logged;
  const deliverable = { ...deliverableDay(committed, report, rendered), checkpoint };
  return {
    report,
    revision: committed.revision,
    kind: 'committed',
    artefacts: rendered.artefacts.map(entryOf),
    ...(committed.signature !== undefined && { signature: committed.signature }),
    ...reportPlace(plan, ports.archive, committed.prefix),
    ...withFaults(await notifyOfCommitted(plan, deliverable, ports, notify), {
      templateFaults: rendered.templateFaults,
      log: logged,
    }),
  };
}

/** The day keeps the report that it has. What was not delivered of it yet is delivered. */
export async function deliverKept<R extends ReportHead>(
  { plan, request, ports }: DayContext<R>,
  { revision, prefix, manifest }: Pick<CommittedRevision, 'revision' | 'prefix' | 'manifest'>,
  report: R,
  { kind, log }: { readonly kind: 'unchanged' | 'kept'; readonly log: LogFaults },
): Promise<DayResult<R>> {
  const { notify = true, retriesRefused = false } = request;
  const { date } = manifest;
  if (kind === 'kept') {
    const { status, statusReasons } = report;
    ports.log.warn({ date, revision, status, statusReasons }, 'archive: the earlier report is kept');
  }
  return {
    report,
    revision,
    kind,
    artefacts: manifest.artefacts.filter(({ name }) => !isOfPart(name)),
    ...reportPlace(plan, ports.archive, prefix),
    ...withFaults(await notifyOfKept(plan, date, ports, { notify, retriesRefused }), {
      templateFaults: plan.templateFaults ?? [],
      log,
    }),
  };
}

interface FaultsOfDay {
  /** What could not be used of the company's templates, when artefacts were made. */
  readonly templateFaults: readonly TemplateFault[];
  /** What is wrong with the log of the plan. */
  readonly log: LogFaults;
}

function withFaults(deliveries: Deliveries, found: FaultsOfDay): Deliveries {
  const templateFaults = uniqueFaults([...found.templateFaults, ...(deliveries.templateFaults ?? [])]);
  const withLog = withLogFaults(deliveries, found.log);
  return templateFaults.length === 0 ? withLog : { ...withLog, templateFaults };
}
