import { isOfPart } from '../model/artefact-names.js';
import type { ReportHead } from '../model/report-head.js';
import type { TemplateFault } from '../model/template-fault.js';
import { uniqueFaults } from './artefacts/render-with-shipped.js';
import type { Deliveries } from './delivery/deliver-report.js';
import type { CommittedDay } from './commit-day.js';
import { notifyOfCommitted, notifyOfKept } from './delivery/notify-of-day.js';
import { reportPlace } from './delivery/report-place.js';
import { type RenderedDay, deliverableDay } from './render-day.js';
import type { DayContext, DayResult } from './report-plan.js';
import { entryOf } from './revisions/manifest-of-day.js';
import type { CommittedRevision } from './revisions/read-revisions.js';

/** Mails the revision that was committed and notifies the channels. */
export async function deliverDay<R extends ReportHead>(
  { plan, request, ports }: DayContext<R>,
  committed: CommittedDay,
  report: R,
  rendered: RenderedDay<R>,
): Promise<DayResult<R>> {
  const { notify = true } = request;
  const deliverable = deliverableDay(committed, report, rendered);
  return {
    report,
    revision: committed.revision,
    kind: 'committed',
    artefacts: rendered.artefacts.map(entryOf),
    ...(committed.signature !== undefined && { signature: committed.signature }),
    ...reportPlace(plan, ports.archive, committed.prefix),
    ...withTemplateFaults(await notifyOfCommitted(plan, deliverable, ports, notify), rendered.templateFaults),
  };
}

/** The day keeps the report that it has. What was not delivered of it yet is delivered. */
export async function deliverKept<R extends ReportHead>(
  { plan, request, ports }: DayContext<R>,
  { revision, prefix, manifest }: Pick<CommittedRevision, 'revision' | 'prefix' | 'manifest'>,
  report: R,
  kind: 'unchanged' | 'kept',
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
    ...withTemplateFaults(
      await notifyOfKept(plan, date, ports, { notify, retriesRefused }),
      plan.templateFaults ?? [],
    ),
  };
}

/** What could not be used of the company's templates, when artefacts and mails were made. */
function withTemplateFaults(deliveries: Deliveries, faults: readonly TemplateFault[]): Deliveries {
  const templateFaults = uniqueFaults([...faults, ...(deliveries.templateFaults ?? [])]);
  return templateFaults.length === 0 ? deliveries : { ...deliveries, templateFaults };
}
