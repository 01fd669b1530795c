import { readFile, readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { z } from 'zod';
import { attestationSchema } from '../../src/model/attestation.js';
import { deliveryClaimSchema, deliveryRecordSchema } from '../../src/model/delivery.js';
import { manifestSchema } from '../../src/model/manifest.js';
import { periodManifestSchema } from '../../src/model/period-manifest.js';
import { renamingSchema } from '../../src/model/renaming.js';
import { publishedSchema } from '../../src/model/published-schema.js';
import { packageRoot } from '../../src/package-root.js';
import { keyRecordSchema, keyRevocationSchema } from '../../src/signing/key-record.js';
import { dailyReportSchema } from '../../src/reports/backup-compliance/model/daily-report.js';
import { logLeafSchema } from '../../src/transparency-log/log-leaf.js';
import { periodReportSchema } from '../../src/reports/backup-compliance/period/period-report.js';
import { activityReportSchema } from '../../src/reports/database-activity/model/activity-report.js';
import { activityPeriodSchema } from '../../src/reports/database-activity/period/period-report.js';
import { changeSchema } from '../../src/reports/tenancy-changes/model/change.js';
import { tenancyReportSchema } from '../../src/reports/tenancy-changes/model/tenancy-report.js';
import { tenancyPeriodSchema } from '../../src/reports/tenancy-changes/period/period-report.js';
import { factsWith } from '../support/attestations.js';
import { incompleteParts, sampleReport } from '../support/sample-report.js';

const documents: readonly (readonly [name: string, schema: z.ZodType])[] = [
  ['attestation', attestationSchema],
  ['delivery', deliveryRecordSchema],
  ['delivery-claim', deliveryClaimSchema],
  ['database-activity-report', activityReportSchema],
  ['database-activity-period-report', activityPeriodSchema],
  ['tenancy-changes-report', tenancyReportSchema],
  ['tenancy-changes-line', changeSchema],
  ['tenancy-changes-period-report', tenancyPeriodSchema],
  ['key', keyRecordSchema],
  ['key-revocation', keyRevocationSchema],
  ['manifest', manifestSchema],
  ['log-leaf', logLeafSchema],
  ['renaming', renamingSchema],
  ['report', dailyReportSchema],
  ['period-manifest', periodManifestSchema],
  ['period-report', periodReportSchema],
];

const delivery = {
  schemaVersion: 1,
  attempt: 1,
  time: '2026-11-20T06:00:00.000Z',
  messageId: '<daily.2026-11-19.r1@example.com>',
  transport: 'outbox',
};
const record = { location: null, accepted: ['a@example.com'], refused: [{ recipient: 'b', reason: 'no' }] };
const claim = { expires: '2026-11-20T06:10:00.000Z', route: 'mail', recipients: ['a@example.com'] };

const leaf = {
  schemaVersion: 1,
  number: 1,
  plan: 'daily',
  date: '2026-11-19',
  revision: 1,
  manifestKey: 'daily/2026/11/19/r1/manifest.json',
  manifestSha256: 'ab'.repeat(32),
  before: ['cd'.repeat(32)],
};

const attestation = {
  schemaVersion: 1,
  ...factsWith({ proofs: [{ name: 'a.pdf', bytes: 1, sha256: 'ab'.repeat(32) }] }),
  attestedAt: '2026-11-18T13:00:00.000Z',
  signing: { keyId: 'cd'.repeat(32) },
};

const samples: readonly (readonly [what: string, name: string, document: unknown])[] = [
  ['a report', 'report', sampleReport(incompleteParts())],
  ['a record of a delivery', 'delivery', { ...delivery, route: 'channel:pager', ...record }],
  ['a record of the time when there was only mail', 'delivery', { ...delivery, ...record }],
  ['a claim', 'delivery-claim', { ...delivery, ...claim }],
  ['a leaf of the log', 'log-leaf', leaf],
  ['an attestation', 'attestation', attestation],
];

const wrongValues = [undefined, null, 'words', -1];

/** Of every list the first item alone. */
function shortened(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.slice(0, 1).map(shortened);
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, shortened(field)]));
}

/** Every place in a document. */
function* placesOf(value: unknown): Generator<readonly [parent: Record<string, unknown>, key: string]> {
  if (typeof value !== 'object' || value === null) return;
  const parent = value as Record<string, unknown>;
  for (const key of Object.keys(parent)) {
    yield [parent, key];
    yield* placesOf(parent[key]);
  }
}

/** The document with each value in turn at each place, and at last as it was; it is one object all the time. */
function* spoiledOnce(document: unknown): Generator<unknown> {
  for (const [parent, key] of placesOf(document)) {
    const right = parent[key];
    for (const wrong of wrongValues) {
      if (wrong === undefined) delete parent[key];
      else parent[key] = wrong;
      yield document;
      parent[key] = right;
    }
  }
  yield document;
}

describe('schema/', () => {
  it.each(documents)('%s.schema.json is what `npm run schema` makes of the source', async (name, schema) => {
    const text = await readFile(new URL(`schema/${name}.schema.json`, packageRoot), 'utf8');
    // Text against text: the order of keys counts, too.
    expect(JSON.stringify(JSON.parse(text), null, 2)).toBe(
      JSON.stringify(publishedSchema(schema, name), null, 2),
    );
  });

  it('has no schema of another document', async () => {
    const files = await readdir(new URL('schema/', packageRoot));
    expect(files.sort()).toEqual(
      [...documents.map(([name]) => name), 'config'].map((name) => `${name}.schema.json`).sort(),
    );
  });
});

describe('what is published', () => {
  it.each(samples)('accepts and refuses what the source does: %s', (_what, name, document) => {
    const schema = new Map(documents).get(name) ?? manifestSchema;
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
      publishedSchema(schema, name),
    );
    const differing: unknown[] = [];
    let refused = 0;
    for (const spoiled of spoiledOnce(shortened(document))) {
      const source = schema.safeParse(spoiled).success;
      const published = validate(spoiled);
      if (!source) refused += 1;
      if (source !== published) differing.push({ source, published, spoiled: JSON.stringify(spoiled) });
    }
    expect(differing).toEqual([]);
    expect(refused).toBeGreaterThan(10);
    expect(validate(document)).toBe(true);
  });
});
