// Makes schema/*.json, the JSON Schemas that ship, from the zod schemas of the documents: npm run schema
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { kindsOfPlans } from '../dist/src/config/kinds-of-plans.js';
import { attestationSchema } from '../dist/src/model/attestation.js';
import { deliveryClaimSchema, deliveryRecordSchema } from '../dist/src/model/delivery.js';
import { manifestSchema } from '../dist/src/model/manifest.js';
import { periodManifestSchema } from '../dist/src/model/period-manifest.js';
import { renamingSchema } from '../dist/src/model/renaming.js';
import { publishedSchema } from '../dist/src/model/published-schema.js';
import { configurationJsonSchema } from '../dist/src/reference/configuration-schema.js';
import { keyRecordSchema, keyRevocationSchema } from '../dist/src/signing/key-record.js';
import { logLeafSchema } from '../dist/src/transparency-log/log-leaf.js';
import { dailyReportSchema } from '../dist/src/reports/backup-compliance/model/daily-report.js';
import { periodReportSchema } from '../dist/src/reports/backup-compliance/period/period-report.js';
import { activityReportSchema } from '../dist/src/reports/database-activity/model/activity-report.js';
import { activityPeriodSchema } from '../dist/src/reports/database-activity/period/period-report.js';
import { changeSchema } from '../dist/src/reports/tenancy-changes/model/change.js';
import { tenancyReportSchema } from '../dist/src/reports/tenancy-changes/model/tenancy-report.js';
import { tenancyPeriodSchema } from '../dist/src/reports/tenancy-changes/period/period-report.js';

const documents = {
  report: dailyReportSchema,
  'database-activity-report': activityReportSchema,
  'database-activity-period-report': activityPeriodSchema,
  'tenancy-changes-report': tenancyReportSchema,
  'tenancy-changes-line': changeSchema,
  'tenancy-changes-period-report': tenancyPeriodSchema,
  manifest: manifestSchema,
  delivery: deliveryRecordSchema,
  'delivery-claim': deliveryClaimSchema,
  attestation: attestationSchema,
  key: keyRecordSchema,
  'key-revocation': keyRevocationSchema,
  'log-leaf': logLeafSchema,
  renaming: renamingSchema,
  'period-report': periodReportSchema,
  'period-manifest': periodManifestSchema,
};

const texts = Object.entries(documents).map(([name, schema]) => [name, publishedSchema(schema, name)]);
texts.push(['config', configurationJsonSchema(kindsOfPlans)]);

for (const [name, schema] of texts) {
  const path = fileURLToPath(new URL(`../schema/${name}.schema.json`, import.meta.url));
  await writeFile(
    path,
    await format(JSON.stringify(schema), { ...(await resolveConfig(path)), filepath: path }),
  );
}
