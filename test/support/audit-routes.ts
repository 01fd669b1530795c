import { gzipSync } from 'node:zlib';
import { type auditRecord, loggingForm } from './audit-records.js';
import { ndjson } from './cli.js';
import type { OciProject } from './oci-project.js';

type Audited = ReturnType<typeof auditRecord>;

/** A way by which records of OCI Audit come. */
export interface AuditRoute {
  readonly route: string;
  /** Puts the records where the source finds them, and returns its part of the configuration. */
  put(made: OciProject, records: readonly Audited[]): Promise<string> | string;
}

const compartmentOf = ({ data }: Audited): string => data.compartmentId;

export const auditBucket = 'connector-hub';

export const auditRoutes: readonly AuditRoute[] = [
  {
    route: 'oci-audit',
    put: ({ standIn }, records) => {
      for (const each of records) standIn.audit.put(compartmentOf(each), each);
      return `{ type: oci-audit, endpoint: "${standIn.url}" }`;
    },
  },
  {
    route: 'logging-search',
    put: ({ standIn }, records) => {
      const log = `${standIn.credentials.tenancyId}/_Audit_Include_Subcompartment`;
      for (const each of records) standIn.search.put(log, Date.parse(each.eventTime), loggingForm(each));
      return `{ type: logging-search, endpoint: "${standIn.url}" }`;
    },
  },
  {
    route: 'Log Analytics',
    put: ({ standIn }, records) => {
      const source = 'OCI Audit Logs';
      standIn.logs.addAll(
        records.map((event) => ({ source, timeMs: Date.parse(event.eventTime) + 5000, event })),
      );
      const place = `endpoint: "${standIn.url}", namespace: ${standIn.namespace}, compartmentId: ocid1.compartment.oc1..prod`;
      return `{ type: log-analytics, ${place}, pollInterval: 1ms, logSource: ${source} }`;
    },
  },
  {
    route: 'objects of Connector Hub',
    put: ({ standIn }, records) => {
      standIn.objects.createBucket(auditBucket);
      for (const [at, each] of records.entries()) {
        const bytes = gzipSync(ndjson([loggingForm(each)]));
        standIn.objects.put(auditBucket, `audit/20261119T${at}_0_0.log.gz`, bytes);
      }
      return `{ type: object-storage, endpoint: "${standIn.url}", bucket: ${auditBucket}, prefix: audit/, margin: 36500d }`;
    },
  },
  {
    route: 'a file of the command line',
    put: ({ project }, records) => fileOf(project, { data: kebab(records) }),
  },
  { route: 'a file of an SDK', put: ({ project }, records) => fileOf(project, records) },
  {
    route: 'a file of an answer of Logging search',
    put: ({ project }, records) =>
      fileOf(project, {
        results: records.map((each) => ({
          data: { datetime: Date.parse(each.eventTime), logContent: loggingForm(each) },
        })),
        summary: { resultCount: records.length, fieldCount: 1 },
        fields: [],
      }),
  },
];

async function fileOf(project: OciProject['project'], content: unknown): Promise<string> {
  await project.write('audit/day.json', JSON.stringify(content, null, 2));
  return '{ type: local-files, paths: [./audit] }';
}

/** Names as `oci audit event list` writes them: with hyphens, all but those that a person chose. */
function kebab(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(kebab);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      ['previous', 'current', 'headers'].includes(name) ? field : kebab(field),
    ]),
  );
}
