import { addDays, dateAt, reportDayOf } from '../../base/civil-dates.js';
import { count } from '../../base/english.js';
import { dayMs } from '../../base/time-units.js';
import type { ProtectedResource } from '../../model/protected-resource.js';
import type { TimeWindow } from '../../model/report-day.js';
import { nameOfSource } from '../../model/source-name.js';
import type { Archive } from '../../ports/archive.js';
import type { Mailer } from '../../ports/delivery.js';
import type { Finding } from '../../ports/finding.js';
import type { Inventory } from '../../ports/inventory.js';
import { findingsOfAttestations } from './attestation-findings.js';
import { archivedFindings } from './archived-days.js';
import { Attempts } from './attempts.js';
import { logFindings } from './log-findings.js';
import { clockFinding } from './clock-finding.js';
import { signingFindings } from './signing-findings.js';
import { timestampFindings } from './timestamp-findings.js';
import type { DiagnosedIdentity, DiagnosedPlan, PlacedFinding } from './diagnosed-plan.js';

/** The only object that `doctor` writes: below the archive's prefix, but outside every plan. */
const probeKey = 'doctor/probe.txt';

const checkedDays = 7;
/** How many days ahead to search for a clock change. */
const daysAhead = 366;

/** Checks each part of a plan in the order in which a run needs it, and all of them, whatever fails. */
export async function* diagnosePlan(plan: DiagnosedPlan): AsyncGenerator<PlacedFinding> {
  const attempts = new Attempts();
  yield { area: 'plan', ...timezoneFinding(plan) };
  let identity: DiagnosedIdentity | null = null;
  yield* await attempts.findings({ area: 'credentials', check: 'credentials' }, async () => {
    identity = await plan.openOci();
    return [];
  });
  for (const { check, area = 'plan', open, warnings } of plan.others) {
    yield* await attempts.findings({ area, check }, async () => {
      await open();
      return ((await warnings?.()) ?? []).map((words) => ({ check, state: 'warning', words, advice: null }));
    });
  }
  yield* diagnoseSources(plan, attempts);
  const inventory = { area: 'source', check: 'inventory' } as const;
  const { openInventory } = plan;
  if (openInventory !== undefined) {
    yield* await attempts.findings(inventory, async () => inventoryFindings(await openInventory()));
  }
  yield* await attempts.findings({ area: 'archive', check: 'create-only writes' }, async () => [
    await createOnlyFinding(await plan.openArchive()),
  ]);
  yield* await attempts.findings({ area: 'archive', check: 'archive' }, async () =>
    (await plan.openArchive()).diagnose(),
  );
  yield* await attempts.findings({ area: 'archive', check: 'archived reports' }, async () => archived(plan));
  yield* await attempts.findings({ area: 'archive', check: 'signing key' }, async () => signingKey(plan));
  yield* await attempts.findings({ area: 'archive', check: 'time stamps' }, async () => {
    const authority = (await plan.openTimestamps?.()) ?? null;
    return authority === null ? [] : timestampFindings(authority);
  });
  yield* await attempts.findings({ area: 'archive', check: 'attestations' }, async () =>
    plan.archivedDays === undefined
      ? []
      : findingsOfAttestations(await plan.openArchive(), plan.archivedDays.plan),
  );
  yield* await attempts.findings({ area: 'archive', check: 'log of the archive' }, async () =>
    plan.archivedDays === undefined ? [] : logFindings(await plan.openArchive(), plan.archivedDays.plan),
  );
  const { openLogSink } = plan;
  if (openLogSink !== undefined) {
    yield* await attempts.findings({ area: 'mail', check: 'log' }, async () =>
      (await openLogSink()).diagnose(),
    );
  }
  yield* await attempts.findings({ area: 'mail', check: 'mail' }, async () =>
    mailFindings(await plan.openMailer()),
  );
  yield* identityFindings(identity, attempts.areCredentialsRefused);
}

async function archived({
  archivedDays,
  openArchive,
  timezone,
  clock,
}: DiagnosedPlan): Promise<readonly Finding[]> {
  if (archivedDays === undefined) return [];
  return archivedFindings(await openArchive(), archivedDays, { timezone, nowMs: clock.nowMs() });
}

async function signingKey({ signing, openArchive, clock }: DiagnosedPlan): Promise<readonly Finding[]> {
  const signer = (await signing?.open()) ?? null;
  if (signing === undefined || signer === null) return [];
  return signingFindings(signer, signing.plan, await openArchive(), clock.nowMs());
}

async function* diagnoseSources(plan: DiagnosedPlan, attempts: Attempts): AsyncGenerator<PlacedFinding> {
  const nowMs = plan.clock.nowMs();
  const window = { fromMs: nowMs - checkedDays * dayMs, toMs: nowMs };
  for (const [index, source] of plan.sources.entries()) {
    const name = nameOfSource(source, index);
    yield* await attempts.findings({ area: 'source', check: `${name} source` }, async () =>
      (await sourceFindings(plan, source, window)).map((finding) => ({
        ...finding,
        check: `${name} ${finding.check}`,
      })),
    );
  }
}

async function sourceFindings(
  { kind }: DiagnosedPlan,
  { open }: DiagnosedPlan['sources'][number],
  window: TimeWindow,
): Promise<readonly Finding[]> {
  const { findings, eventTypes } = await (await open()).diagnose(window);
  if (eventTypes === null) return findings;
  return [...findings, { check: 'event types', ...kind.diagnoseEventTypes(eventTypes, checkedDays) }];
}

/** A fault makes every report INCOMPLETE, so it is a failure here, too. */
async function inventoryFindings(inventory: Inventory): Promise<readonly Finding[]> {
  const check = 'inventory';
  const { resources, isNamed, faults } = await inventory.expectedResources([]);
  const failed = faults.map((words): Finding => {
    const advice = 'Allow to inspect what the inventory lists, or leave the compartment out.';
    return { check, state: 'failed', words, advice };
  });
  const words = isNamed
    ? `${inventory.description}: ${count(resources.length, 'resource')}${inGroups(resources)}`
    : inventory.description;
  if (!isNamed || resources.length > 0 || faults.length > 0) {
    return [...failed, { check, state: 'ok', words, advice: null }];
  }
  const advice = 'With an empty list nothing is missed: name the resources that must be backed up.';
  return [{ check, state: 'warning', words, advice }];
}

/** What the column memberOf, or OCI, says of volume groups. */
function inGroups(resources: readonly ProtectedResource[]): string {
  const members = resources.filter(({ memberOf }) => Boolean(memberOf)).length;
  return members === 0 ? '' : `, ${members} of them in volume groups`;
}

/** Says when the next day of 23 or 25 hours is. */
function timezoneFinding({ timezone, clock }: DiagnosedPlan): Finding {
  const today = dateAt(clock.nowMs(), timezone);
  for (let days = 0; days < daysAhead; days += 1) {
    const day = reportDayOf(addDays(today, days), timezone);
    if (day === undefined || day.cutOffMs - day.startMs === dayMs) continue;
    const hours = (day.cutOffMs - day.startMs) / 3_600_000;
    const words = `${timezone}; clocks change on ${day.date}, a day of ${hours} h`;
    return { check: 'time zone', state: 'ok', words, advice: null };
  }
  return { check: 'time zone', state: 'ok', words: `${timezone}; clocks do not change`, advice: null };
}

/** Writes the probe, unless an earlier run did. A second write must then be refused. */
async function createOnlyFinding(archive: Archive): Promise<Finding> {
  const check = 'create-only writes';
  const where = archive.locate(probeKey);
  const body = {
    bytes: Buffer.from('Written by backup-report doctor, to see that nothing is overwritten.\n'),
  };
  await archive.create(probeKey, body, 'text/plain');
  const again = await archive.create(probeKey, { bytes: Buffer.from('overwritten') }, 'text/plain');
  const stored = await archive.read(probeKey);
  if (again === 'exists' && stored !== null && Buffer.compare(stored, body.bytes) === 0) {
    return { check, state: 'ok', words: `honoured, seen with ${where}`, advice: null };
  }
  return {
    check,
    state: 'failed',
    words: `${where} could be overwritten, or does not read back as it was written`,
    advice: 'Do not use this archive: what it holds is no evidence.',
  };
}

async function mailFindings(mailer: Mailer | null): Promise<readonly Finding[]> {
  if (mailer !== null) return mailer.diagnose();
  const advice = 'Set mail, or silence will not be noticed.';
  return [{ check: 'mail', state: 'warning', words: 'none is sent', advice }];
}

/** The clock is told also where a wrong one made OCI refuse. */
function identityFindings(identity: DiagnosedIdentity | null, isRefused: boolean): PlacedFinding[] {
  if (identity === null) return [];
  const area = 'credentials';
  const skewMs = identity.clockSkewMs();
  const words = `accepted: ${identity.principal}`;
  return [
    ...(isRefused ? [] : [{ area, check: 'credentials', state: 'ok', words, advice: null } as const]),
    ...(skewMs === null ? [] : [{ area, ...clockFinding(skewMs) } as const]),
  ];
}

/** `6 ok, 1 warning, 1 failed` */
export function tally(findings: readonly Finding[]): string {
  const of = (state: Finding['state']): number => findings.filter((each) => each.state === state).length;
  return `${of('ok')} ok, ${count(of('warning'), 'warning')}, ${of('failed')} failed`;
}
