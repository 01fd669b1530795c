/*
 * The parts of OSCAL assessment results 1.0.4 that are written; every field is that of the published schema
 * (https://pages.nist.gov/OSCAL/reference/1.0.4/assessment-results/json-outline/). Lists have at least one item, and are
 * left out where there is none. Times are ISO 8601 in UTC.
 */

export interface Property {
  readonly name: string;
  readonly ns?: string;
  readonly value: string;
  readonly class?: string;
}

export interface Observation {
  readonly uuid: string;
  readonly title: string;
  readonly description: string;
  readonly props?: readonly Property[];
  readonly methods: readonly ['TEST'];
  readonly subjects?: readonly { readonly 'subject-uuid': string; readonly type: 'inventory-item' }[];
  readonly 'relevant-evidence'?: readonly { readonly href: string; readonly description: string }[];
  readonly collected: string;
  readonly remarks?: string;
}

export interface OscalFinding {
  readonly uuid: string;
  readonly title: string;
  readonly description: string;
  readonly props?: readonly Property[];
  readonly target: {
    readonly type: 'objective-id' | 'statement-id';
    readonly 'target-id': string;
    readonly status: {
      readonly state: 'satisfied' | 'not-satisfied';
      readonly reason: 'pass' | 'fail' | 'other';
      readonly remarks?: string;
    };
  };
  readonly 'related-observations': readonly { readonly 'observation-uuid': string }[];
  readonly remarks?: string;
}

export interface InventoryItem {
  readonly uuid: string;
  readonly description: string;
  readonly props: readonly Property[];
}

export interface ReviewedControls {
  readonly 'control-selections': readonly {
    readonly 'include-controls': readonly { readonly 'control-id': string }[];
  }[];
  readonly 'control-objective-selections': readonly {
    readonly 'include-objectives': readonly { readonly 'objective-id': string }[];
  }[];
}

export interface Result {
  readonly uuid: string;
  readonly title: string;
  readonly description: string;
  readonly start: string;
  readonly end: string;
  readonly props?: readonly Property[];
  readonly 'local-definitions'?: { readonly 'inventory-items': readonly InventoryItem[] };
  readonly 'reviewed-controls': ReviewedControls;
  readonly observations: readonly Observation[];
  readonly findings: readonly OscalFinding[];
}
