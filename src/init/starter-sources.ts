import { quotedScalar, scalar } from './yaml-scalars.js';

export interface LocalSource {
  readonly type: 'local-files';
  readonly path: string;
}

export interface LogAnalyticsSource {
  readonly type: 'log-analytics';
  readonly region: string;
  /** OCID */
  readonly compartmentId: string;
}

/** Every compartment of the tenancy, in every region that it is subscribed to. */
export interface OciAuditSource {
  readonly type: 'oci-audit';
}

/** What Data Safe collected of the databases of a compartment and those below it. */
export interface DataSafeStarterSource {
  readonly type: 'data-safe';
  /** OCID */
  readonly compartmentId: string;
}

export type StarterSource = LocalSource | LogAnalyticsSource | OciAuditSource | DataSafeStarterSource;

/** The key `sources`. @param logSource of Log Analytics; null: the default */
export function sourcesSection(source: StarterSource, logSource: string | null): string {
  const others = ['log-analytics', 'object-storage', 'streaming', 'oci-audit', 'logging-search', 'data-safe'];
  const more = others.filter((type) => type !== source.type).join(', ');
  return `sources: # one or more; their records are merged. ${more}: docs/oci.md; azure-monitor: docs/azure.md
${linesOf(source, logSource)}`;
}

function linesOf(source: StarterSource, logSource: string | null): string {
  if (source.type === 'local-files') {
    return `  - type: local-files # files, folders, globs: JSON in any layout and packing, known by content
    paths: [${quotedScalar(source.path)}] # {date} in a path stands for each date of the window
#    name: exports # in reports, evidence and logs; default: position and type, 1:local-files
#    ignore: ['.*', '_SUCCESS', 'README*'] # the default; left out, listed and counted
`;
  }
  if (source.type === 'oci-audit') {
    return `  - type: oci-audit # every compartment, in every region that the tenancy is subscribed to
#    regions: [us-ashburn-1]
#    compartments: [ocid1.tenancy.oc1..x] # the tenancy's OCID is the root
#    includeSubcompartments: true
#    excludeCompartments: [ocid1.compartment.oc1..y]
#    name: audit # in reports, evidence and logs; default: position and type, 1:oci-audit
#    budget: { calls: 5000, minutes: 30 } # the default, for each day that is read; docs/oci.md
`;
  }
  if (source.type === 'data-safe') {
    return `  - type: data-safe # target databases of the compartment, in the region of the sign-in
    compartmentId: ${scalar(source.compartmentId)} # the tenancy's OCID is the root
#    includeSubcompartments: true
#    trailsTimeout: 2m # for the state of the audit trails
#    region: us-ashburn-1
#    name: databases # in reports, evidence and logs; default: position and type, 1:data-safe
#    budget: { calls: 5000, minutes: 30 } # the default, for each day that is read; docs/oci.md
`;
  }
  return `  - type: log-analytics
    region: ${scalar(source.region)}
    compartmentId: ${scalar(source.compartmentId)}
#    namespace: mytenancy # default: the tenancy's own
#    includeSubcompartments: true
${logSource === null ? '#    logSource: OCI_Backup_Event_Source' : `    logSource: ${logSource}`}
#    name: events # in reports, evidence and logs; default: position and type, 1:log-analytics
#    budget: { calls: 5000, minutes: 30 } # the default, for each day that is read; docs/oci.md
`;
}
