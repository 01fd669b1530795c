import { Failure } from '../errors.js';
import { firstKind } from '../model/kind-of-report.js';
import { judgingSection } from './starter-judging-section.js';
import type { StarterSource } from './starter-sources.js';

/** What a starter configuration has that depends on the kind of report. */
export interface StarterKind {
  readonly report: string;
  /** Name of the plan that is proposed. */
  readonly plan: string;
  /** Of the sender's mail address, what stands before the @. */
  readonly sender: string;
  /** Where records usually come from. */
  readonly source: StarterSource;
  /** The types of sources that are asked for; the first is proposed. */
  readonly sourceTypes: readonly StarterSource['type'][];
  /** The log source of Log Analytics; null: the default. */
  readonly logSource: string | null;
  /** The keys that only this kind has, as lines. */
  readonly own: {
    readonly lookback: readonly string[];
    readonly judging: readonly string[];
    readonly frameworks: readonly string[];
    readonly periods: readonly string[];
  };
}

const databasesSection = `#exclude: # target databases whose events nobody asks for: listed, and their silence makes no report INCOMPLETE
#  - { target: sandbox, reason: rebuilt nightly } # name or OCID
# Where \`backup-report forward\` sends the events to (docs/forward.md).
#forward:
#  logId: ocid1.log.oc1.iad.x # a log of type CUSTOM
`;

const starterKinds: readonly StarterKind[] = [
  {
    report: firstKind,
    plan: 'daily-backup',
    sender: 'backup-reports',
    source: { type: 'local-files', path: './events' },
    sourceTypes: ['local-files', 'log-analytics'],
    logSource: null,
    own: {
      lookback: [
        '#lookbackDays: 7 # how far the first report looks back; later ones continue the one before',
      ],
      judging: [judgingSection],
      frameworks: [
        '#frameworks: [iso27001, soc2] # an appendix: which clauses the report supports (docs/frameworks.md)',
      ],
      periods: ['#periodTarget: 99.5 # percent that each team should reach in one'],
    },
  },
  {
    report: 'tenancy-changes',
    plan: 'tenancy-changes',
    sender: 'tenancy-reports',
    source: { type: 'oci-audit' },
    sourceTypes: ['oci-audit', 'local-files', 'log-analytics'],
    logSource: 'OCI Audit Logs',
    own: { lookback: [], judging: [], frameworks: [], periods: [] },
  },
  {
    report: 'database-activity',
    plan: 'database-activity',
    sender: 'database-reports',
    source: { type: 'data-safe', compartmentId: 'ocid1.tenancy.oc1..replace-this' },
    sourceTypes: ['data-safe', 'local-files'],
    logSource: null,
    own: { lookback: [], judging: [databasesSection], frameworks: [], periods: [] },
  },
];

/** @throws Failure('usage') for a kind without a starter configuration */
export function starterKindOf(report: string): StarterKind {
  const found = starterKinds.find((each) => each.report === report);
  if (found !== undefined) return found;
  throw new Failure('usage', `--report: there is no starter configuration of reports of the kind ${report}`, {
    hints: [`There is one of ${starterKinds.map((each) => each.report).join(', ')}.`],
  });
}
