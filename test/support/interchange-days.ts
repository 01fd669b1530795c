import { readFile } from 'node:fs/promises';
import { Ajv, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { sha256Hex } from '../../src/base/digest.js';
import { addDays } from '../../src/base/civil-dates.js';
import { dayMs } from '../../src/base/time-units.js';
import type { InterchangeDay, ReportedDay, UnreportedDay } from '../../src/interchange/interchange-day.js';
import { packageRoot } from '../../src/package-root.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import type { ResourceCompliance } from '../../src/reports/backup-compliance/model/resource-compliance.js';
import { type Verdict, controlNames, verdicts } from '../../src/reports/backup-compliance/model/verdict.js';
import { reportOf, sampleResource, sampleWaiver } from './sample-report.js';

const firstMs = Date.parse('2026-11-01T00:00:00Z');

function placeOf(number: number) {
  const startMs = firstMs + number * dayMs;
  return { plan: 'daily-backup', date: addDays('2026-11-01', number), startMs, cutOffMs: startMs + dayMs };
}

/** @param number 0: 2026-11-01 */
export function reportedDay(number: number, report: DailyReport): ReportedDay {
  const place = placeOf(number);
  return {
    ...place,
    state: 'reported',
    report,
    revision: 1,
    manifestSha256: sha256Hex(`manifest of ${number}`),
    reportKey: `daily-backup/${place.date.replaceAll('-', '/')}/r1/report.json`,
    configurationKey: `daily-backup/made-by/${sha256Hex('configuration')}`,
  };
}

export function missingDay(number: number): UnreportedDay {
  return { ...placeOf(number), state: 'missing', why: 'The archive has no report of this day.' };
}

/** A resource whose controls have these verdicts, and the verdict that follows; other controls are not demanded. */
export function resourceWith(
  name: string,
  given: Readonly<Record<string, Verdict>>,
  isWaived = false,
): ResourceCompliance {
  const ofControls = controlNames.map((control) => given[control] ?? 'NOT_APPLICABLE');
  const compliance = verdicts.find((verdict) => ofControls.includes(verdict)) ?? 'NOT_APPLICABLE';
  return sampleResource({
    resourceName: name,
    compliance,
    waiver: isWaived ? sampleWaiver : null,
    controls: Object.fromEntries(
      controlNames.map((control, position) => {
        const verdict = ofControls[position] ?? 'NOT_APPLICABLE';
        const demandedBy = verdict === 'NOT_APPLICABLE' ? null : 'policy production-databases';
        const reason = `${control} is ${verdict}.`;
        return [control, { verdict, reason, measured: null, threshold: null, demandedBy }];
      }),
    ),
  });
}

const anyResources = fc
  .uniqueArray(
    fc.record({
      name: fc.constantFrom('A', 'B', 'C', 'D', 'E'),
      controls: fc.array(fc.constantFrom(...verdicts), {
        minLength: controlNames.length,
        maxLength: controlNames.length,
      }),
      isWaived: fc.boolean(),
    }),
    { selector: ({ name }) => name },
  )
  .map((resources) =>
    resources.map(({ name, controls, isWaived }) =>
      resourceWith(
        name,
        Object.fromEntries(controlNames.map((control, at) => [control, controls[at] ?? 'UNKNOWN'])),
        isWaived,
      ),
    ),
  );

const anyReport: fc.Arbitrary<DailyReport> = fc
  .record({ resources: anyResources, isComplete: fc.boolean() })
  .map(({ resources, isComplete }) =>
    isComplete
      ? reportOf(resources)
      : reportOf(resources, { status: 'INCOMPLETE', statusReasons: ['A source could not be read.'] }),
  );

/** Days in a row, some of which have no report. */
export const anyDays: fc.Arbitrary<readonly InterchangeDay[]> = fc
  .array(fc.option(anyReport, { freq: 4 }), { minLength: 1, maxLength: 6 })
  .map((reports) =>
    reports.map((report, number) => (report === null ? missingDay(number) : reportedDay(number, report))),
  );

/** All pieces of a document. */
export async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

export async function* streamed<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}

/** How many days were asked for when each piece of text was there. */
export async function askedDays(
  make: (days: AsyncIterable<InterchangeDay>) => AsyncIterable<string>,
  days: readonly InterchangeDay[],
): Promise<readonly number[]> {
  let asked = 0;
  async function* counted(): AsyncGenerator<InterchangeDay> {
    for (const day of days) {
      asked += 1;
      yield day;
    }
  }
  const counts: number[] = [];
  for await (const _piece of make(counted())) counts.push(asked);
  return counts;
}

/** A schema of what is written, of this project. */
export async function committedSchema(name: string): Promise<ValidateFunction> {
  const text = await readFile(new URL(`test/fixtures/interchange/${name}.schema.json`, packageRoot), 'utf8');
  return new Ajv2020({ strict: true, strictRequired: false, allErrors: true }).compile(JSON.parse(text));
}

/** The schema that OSCAL publishes, where OSCAL_SCHEMA or a folder beside the project has it; null: not here. */
export async function publishedOscal(): Promise<ValidateFunction | null> {
  const beside = new URL('../shared/schemas/oscal-assessment-results-1.0.4.schema.json', packageRoot);
  const text = await readFile(process.env['OSCAL_SCHEMA'] ?? beside, 'utf8').catch(() => null);
  if (text === null) return null;
  const ajv = new Ajv({ strict: false, allErrors: true });
  const hasZone = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
  ajv.addFormat('date-time', hasZone);
  ajv.addFormat('uri', (value) => URL.canParse(value));
  ajv.addFormat('uri-reference', (value) => URL.canParse(value, 'https://example.com/'));
  ajv.addFormat('email', /@/);
  return ajv.compile(JSON.parse(text));
}

/** What a schema objects to, at most five. */
export function complaintsOf(validate: ValidateFunction, value: unknown): readonly string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).slice(0, 5).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
