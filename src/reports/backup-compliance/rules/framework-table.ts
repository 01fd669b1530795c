import type { Framework, SupportName } from '../model/framework.js';

interface FrameworkRow {
  readonly title: string;
  readonly clauses: Readonly<Record<string, readonly SupportName[]>>;
  /** Clauses that nobody has compared with the text of the standard. */
  readonly unchecked?: Readonly<Record<string, readonly SupportName[]>>;
}

const inTime = ['recovery-point-age', 'backup-succeeded'] as const;
const covered = ['population', 'protection-enabled'] as const;
const kept = ['retention', 'no-early-deletion'] as const;

/**
 * Which clause what of the report supports: names and numbers only. Followed-up failures, changes, the archive and
 * enhancements in brackets rest on memory of the standards and are marked as not checked.
 *
 * CSF 2.0: https://nvlpubs.nist.gov/nistpubs/CSWP/NIST.CSWP.29.pdf; SP 800-53: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final;
 * CIS: https://www.cisecurity.org/controls/data-recovery; DORA: https://eur-lex.europa.eu/eli/reg/2022/2554/oj;
 * NIS2: https://eur-lex.europa.eu/eli/dir/2022/2555/oj
 */
const table = {
  csf2: {
    title: 'NIST Cybersecurity Framework 2.0',
    clauses: {
      'PR.DS-11': [...inTime, ...covered, ...kept, 'restore-tested'],
      'ID.AM': [...covered],
      'RC.RP-03': ['restore-tested'],
    },
    unchecked: {
      'DE.AE': ['no-open-incident'],
      'RS.MA': ['no-open-incident'],
      'PR.PS-01': ['changes'],
      'PR.PS-04': ['archive'],
    },
  },
  'sp800-53': {
    title: 'NIST SP 800-53 Revision 5',
    clauses: {
      'CP-9': [...inTime, ...covered, ...kept],
      'CM-8': [...covered],
      'SI-12': [...kept],
      'CP-4': ['restore-tested'],
      'CP-10': ['restore-tested'],
    },
    unchecked: {
      'CP-9': ['no-open-incident'],
      'CP-9(1)': ['restore-tested'],
      'IR-4': ['no-open-incident'],
      'CM-3': ['changes'],
      'AU-6': ['changes'],
      'AU-9': ['archive'],
      'AU-10': ['archive'],
      'AU-11': ['archive'],
    },
  },
  cis8: {
    title: 'CIS Controls v8.1',
    clauses: {
      '11.2': [...inTime],
      '11.1': [...covered, ...kept],
      '1.1': [...covered],
      '11.5': ['restore-tested'],
    },
    unchecked: { '8.11': ['changes'], '8.10': ['archive'] },
  },
  iso27001: {
    title: 'ISO/IEC 27001:2022',
    clauses: {
      'A.8.13': [...inTime, ...covered, ...kept, 'restore-tested'],
      'A.5.9': [...covered],
      'A.5.33': [...kept],
      'A.5.29': ['restore-tested'],
      'A.5.30': ['restore-tested'],
    },
    unchecked: {
      'A.8.15': ['no-open-incident', 'changes'],
      'A.8.16': ['no-open-incident'],
      'A.8.32': ['changes'],
      'A.5.28': ['archive'],
      'A.5.33': ['archive'],
    },
  },
  soc2: {
    title: 'SOC 2 (Trust Services Criteria)',
    clauses: {
      'A1.2': [...inTime, ...covered, ...kept],
      'C1.2': [...kept],
      'A1.3': ['restore-tested'],
      'CC7.5': ['restore-tested'],
    },
    unchecked: {
      'CC7.2': ['no-open-incident'],
      'CC7.3': ['no-open-incident'],
      'CC7.4': ['no-open-incident'],
      'CC8.1': ['changes'],
      'CC4.1': ['archive'],
    },
  },
  dora: {
    title: 'DORA, Regulation (EU) 2022/2554',
    clauses: {
      '12(1)(a)': [...inTime, ...covered],
      '12(2)': ['restore-tested'],
      '11(6)': ['restore-tested'],
    },
  },
  nis2: { title: 'NIS2, Directive (EU) 2022/2555', clauses: { '21(2)(c)': [...inTime] } },
  hipaa: { title: 'HIPAA Security Rule', clauses: { '164.308(a)(7)(ii)(A)': [...inTime] } },
  gdpr: { title: 'GDPR, Regulation (EU) 2016/679', clauses: { '32(1)(c)': [...inTime] } },
  bsi: { title: 'BSI IT-Grundschutz', clauses: { 'CON.3': [...inTime], 'DER.4': ['restore-tested'] } },
  'sp800-171': { title: 'NIST SP 800-171', clauses: { '3.8.9': [...inTime] } },
  'pci-dss': { title: 'PCI DSS', clauses: {}, unchecked: { '12.10.1': ['no-open-incident'] } },
  pcaob: { title: 'PCAOB AS 1105', clauses: {}, unchecked: { '1105.10': ['archive'] } },
} as const satisfies Readonly<Record<string, FrameworkRow>>;

/** What `frameworks` of the configuration may name, besides files. */
export const knownFrameworks = Object.keys(table) as readonly KnownFramework[];

export type KnownFramework = keyof typeof table;

export function frameworkOf(id: KnownFramework): Framework {
  const { title, clauses, unchecked = {} }: FrameworkRow = table[id];
  const byClause = new Map<string, Framework['clauses'][number]['supports'][number][]>();
  const add = (rows: FrameworkRow['clauses'], checked: boolean): void => {
    for (const [clause, names] of Object.entries(rows)) {
      const supports = names.map((by) => ({ by, checked, note: null }));
      byClause.set(clause, [...(byClause.get(clause) ?? []), ...supports]);
    }
  };
  add(clauses, true);
  add(unchecked, false);
  return { id, title, clauses: [...byClause].map(([clause, supports]) => ({ clause, supports })) };
}
