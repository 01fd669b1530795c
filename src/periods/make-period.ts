import { join } from 'node:path';
import { toIso } from '../base/instants.js';
import { type StagedArtefact, describeArtefact } from '../day/artefacts/describe-artefact.js';
import { renderWithShipped, uniqueFaults } from '../day/artefacts/render-with-shipped.js';
import { asStorageFailure, inWorkspace } from '../day/artefacts/workspace.js';
import { writeJson } from '../day/artefacts/write-json.js';
import { reportPlace } from '../day/delivery/report-place.js';
import { entryOf } from '../day/revisions/manifest-of-day.js';
import { type OpenedSigning, type SignatureResult, openSigning } from '../day/signatures/open-signing.js';
import { nothingLate, signLate } from '../day/signatures/sign-late.js';
import { stampLate } from '../day/signatures/stamp-late.js';
import { Failure, Stopped } from '../errors.js';
import { artefactNames } from '../model/artefact-names.js';
import { periodContentDigest } from '../model/period-digest.js';
import type { PeriodHead } from '../model/period-head.js';
import type { PeriodManifest, PeriodOrigin } from '../model/period-manifest.js';
import type { TemplateFault } from '../model/template-fault.js';
import { signatureFilesOf } from '../signing/signature-files.js';
import { fetchPeriod } from './archived-period.js';
import { type PeriodCommitted, type PeriodRevisionFacts, commitPeriod } from './commit-period.js';
import { deliverPeriod, withholdPeriod } from './deliver-period.js';
import { endOfPeriod, headOfPeriod } from './head-of-period.js';
import type { PeriodPlan, PeriodPorts, PeriodRequest, PeriodResult } from './period-plan.js';
import { readPeriodRevisions, standingPeriod } from './period-revisions.js';
import { type ReadDay, readDays } from './read-days.js';
import { supersedePeriod } from './supersede-period.js';

/** Everything of a period that its archived days decide. */
interface CountedPeriod<P extends PeriodHead> {
  readonly report: P;
  readonly days: readonly ReadDay[];
  readonly before: PeriodOrigin | null;
  readonly contentDigest: string;
  readonly countsDigest: string;
}

/**
 * Makes, archives and mails the report of a period: of archived days alone, never of sources.
 *
 * 1. The newest revision of each day is read and counted by the kind.
 * 2. Page, workbook and report.json are written to a temporary folder.
 * 3. They are committed as the next revision of the period, signed where the plan signs, if they say anything else than the newest
 *    one.
 * 4. The revision is mailed, unless it counts what the one before it did.
 * 5. Signatures and time stamps that are owed are made.
 *
 * @throws Failure('usage') for a period that is not over, Failure('storage') where the archive cannot be read or written
 */
export async function makePeriodReport<P extends PeriodHead>(
  plan: PeriodPlan<P>,
  request: PeriodRequest,
  ports: PeriodPorts<P>,
): Promise<PeriodResult<P>> {
  mustBeOver(plan, request);
  const counted = await countPeriod(plan, request, ports);
  stopIfAsked(request);
  return inWorkspace(async (workspace) => {
    const { archive } = ports;
    const standing = await findStanding(plan, counted, ports);
    const rendered = standing === null ? await renderPeriod(counted, { workspace, plan, ports }) : null;
    stopIfAsked(request);
    const signing = standing === null ? await openSigning(plan, ports) : null;
    const committed =
      standing ?? (await commit(plan, { counted, signing }, rendered ?? nothingRendered, ports));
    const { revision, prefix, manifest, kind } = committed;
    const { report, artefacts } =
      kind === 'committed' && rendered !== null
        ? { report: counted.report, artefacts: rendered.artefacts }
        : await fetchPeriod(archive, committed, { kind: plan.kind, workspace });
    const templateFaults: TemplateFault[] = [...(rendered?.templateFaults ?? [])];
    const delivery = await deliverPeriod(plan, { report, committed, artefacts, templateFaults }, ports);
    return {
      report,
      revision,
      kind,
      ...reportPlace(plan, archive, prefix),
      artefacts: manifest.artefacts,
      delivery,
      templateFaults: uniqueFaults(templateFaults),
      ...(signing !== null && kind === 'committed' && { signature: signatureOf(signing) }),
      ...(await makeOwed(plan, request, signing, ports)),
    };
  });
}

function mustBeOver(
  { timezone, name }: Pick<PeriodPlan, 'timezone' | 'name'>,
  { period, generatedAtMs }: PeriodRequest,
): void {
  const endMs = endOfPeriod(period, timezone);
  if (endMs <= generatedAtMs) return;
  throw new Failure('usage', `${name}: the period ${period.label} is not over: it ends at ${toIso(endMs)}`, {
    hints: ['Make its report when its last day is over, or name days that are.'],
  });
}

async function countPeriod<P extends PeriodHead>(
  plan: PeriodPlan<P>,
  request: PeriodRequest,
  { archive, log }: PeriodPorts<P>,
): Promise<CountedPeriod<P>> {
  const { period } = request;
  const counting = plan.kind.openCounting();
  const { days, before } = await readDays(archive, plan, period, counting);
  const head = headOfPeriod(
    plan,
    request,
    days.map(({ day }) => day),
  );
  const report = counting.conclude(head);
  const countsDigest = plan.kind.countsDigest(report);
  const contentDigest = periodContentDigest(
    period.label,
    countsDigest,
    days.map(({ day }) => day),
  );
  const missing = days.filter(({ day }) => day.state === 'MISSING').length;
  log.info({ plan: plan.name, period: period.label, days: days.length, missing }, 'period: days counted');
  return { report, days, before, contentDigest, countsDigest };
}

interface RenderedPeriod {
  readonly artefacts: readonly StagedArtefact[];
  readonly templateFaults: readonly TemplateFault[];
}

const nothingRendered: RenderedPeriod = { artefacts: [], templateFaults: [] };

/** The newest revision, where it says the same of the same days and is whole: then nothing is rendered. */
async function findStanding<P extends PeriodHead>(
  { name }: PeriodPlan<P>,
  { report, contentDigest }: CountedPeriod<P>,
  { archive, log }: PeriodPorts<P>,
): Promise<PeriodCommitted | null> {
  const { label } = report.period;
  const found = await readPeriodRevisions(archive, name, label);
  const standing = await standingPeriod(archive, found, contentDigest);
  if (standing === null) return null;
  log.info(
    { plan: name, period: label, revision: standing.revision },
    'archive: nothing new, nothing written',
  );
  return { kind: 'unchanged', ...standing };
}

/** report.json first: creating it in the archive claims the revision. */
async function renderPeriod<P extends PeriodHead>(
  { report, contentDigest }: CountedPeriod<P>,
  {
    workspace,
    plan,
    ports,
  }: { readonly workspace: string; readonly plan: PeriodPlan<P>; readonly ports: PeriodPorts<P> },
): Promise<RenderedPeriod> {
  const { templateFaults = [] } = plan;
  try {
    const path = join(workspace, artefactNames.report);
    await writeJson(report, path);
    const document = await describeArtefact(path, artefactNames.report, 'application/json');
    const edition = { revision: null, contentDigest, file: '' };
    const rendered = await renderWithShipped(
      ports.renderers,
      { report, lines: noLines, edition, templateFaults },
      { workspace, linesAgain: () => noLines },
    );
    const faults = uniqueFaults([...templateFaults, ...rendered.templateFaults]);
    return { artefacts: [document, ...rendered.artefacts], templateFaults: faults };
  } catch (error) {
    throw asStorageFailure(error, workspace);
  }
}

/** A period has none. */
async function* noLines(): AsyncGenerator<string> {}

/** Where this revision could not be signed, no other one is tried. */
async function makeOwed(
  plan: PeriodPlan,
  { period: { to } }: PeriodRequest,
  signing: OpenedSigning | null,
  ports: Pick<PeriodPorts, 'archive' | 'clock' | 'log' | 'signer' | 'timestampAuthority'>,
): Promise<Pick<PeriodResult, 'late' | 'stamps'>> {
  const range = { from: to, to };
  const isUnsigned = signing?.kind === 'unsigned';
  const late = isUnsigned ? nothingLate : await signLate(plan, { ...range, which: 'asked' }, ports);
  return { late, stamps: await stampLate(plan.name, range, ports) };
}

function signatureOf(signing: OpenedSigning): SignatureResult {
  return signing.kind === 'ready' ? { kind: 'signed', keyId: signing.key.keyId } : signing;
}

/** Said in the manifest, so that nobody takes a signature away unseen, and a later run finds what it is to sign. */
function asksFor(
  signing: OpenedSigning | null,
  { timestampAuthority }: Pick<PeriodPlan, 'timestampAuthority'>,
): Pick<PeriodManifest, 'signing' | 'timestamp'> {
  return {
    ...(signing !== null && { signing: { keyId: signing.kind === 'ready' ? signing.key.keyId : null } }),
    ...(timestampAuthority !== undefined && { timestamp: { authority: timestampAuthority } }),
  };
}

function commit<P extends PeriodHead>(
  plan: PeriodPlan<P>,
  {
    counted: { report, days, before, contentDigest, countsDigest },
    signing,
  }: { readonly counted: CountedPeriod<P>; readonly signing: OpenedSigning | null },
  { artefacts, templateFaults }: RenderedPeriod,
  ports: PeriodPorts<P>,
): Promise<PeriodCommitted> {
  const manifest = (facts: PeriodRevisionFacts): PeriodManifest => ({
    schemaVersion: 1,
    plan: plan.name,
    period: report.period,
    ...facts,
    generatedAt: report.generatedAt,
    tool: plan.tool,
    nodeVersion: process.version,
    principal: plan.principal,
    status: report.status,
    contentDigest,
    countsDigest,
    configurationDigest: plan.configurationDigest,
    ...asksFor(signing, plan),
    before,
    days: days.map(manifestDay),
    artefacts: artefacts.map(entryOf),
    ...(templateFaults.length === 0 ? {} : { templateFaults }),
  });
  return commitPeriod(
    {
      plan: plan.name,
      label: report.period.label,
      contentDigest,
      artefacts,
      manifest,
      leaseMs: plan.leaseMs,
      supersede: (newest) => supersedePeriod(ports.archive, newest, { report, days }, plan),
      beforeManifest: (draft, newest) => withholdPeriod(plan, { draft, newest, countsDigest }, ports),
      ...(signing?.kind === 'ready' && {
        sign: (bytes: Uint8Array, signed: PeriodManifest) =>
          signatureFilesOf({ bytes, manifest: signed }, signing.key, toIso(ports.clock.nowMs())),
      }),
    },
    ports,
  );
}

function manifestDay({
  day: { date, state, revision, manifestSha256 },
  manifestKey,
}: ReadDay): PeriodManifest['days'][number] {
  return { date, state, revision, manifestKey, manifestSha256 };
}

function stopIfAsked({ signal }: PeriodRequest): void {
  if (signal?.aborted) throw new Stopped();
}
