/*
 * The parts of OCSF's Compliance Finding (class 2003, schema 1.8.0) that are written: https://schema.ocsf.io/1.8.0/classes/compliance_finding.
 * Times are epoch milliseconds. Nothing is null; what is not known is left out.
 */

export const activities = { create: 1, update: 2, close: 3 } as const;

export type Activity = keyof typeof activities;

export interface OcsfResource {
  readonly uid: string;
  readonly name?: string;
  readonly type: string;
  readonly criticality?: string;
  readonly owner?: { readonly name: string };
  readonly group?: { readonly uid?: string; readonly name?: string };
  readonly tags?: readonly { readonly name: string; readonly value: string }[];
}

export interface ComplianceFinding {
  readonly activity_id: number;
  readonly activity_name: string;
  readonly category_uid: 2;
  readonly category_name: 'Findings';
  readonly class_uid: 2003;
  readonly class_name: 'Compliance Finding';
  readonly type_uid: number;
  readonly type_name: string;
  readonly time: number;
  readonly severity_id: number;
  readonly severity: string;
  readonly status_id: number;
  readonly status: string;
  readonly status_detail?: string;
  readonly message: string;
  readonly metadata: {
    readonly version: '1.8.0';
    readonly uid: string;
    readonly product: {
      readonly name: string;
      readonly vendor_name: string;
      readonly version?: string;
      readonly lang?: string;
    };
    readonly log_name: string;
    readonly original_time?: string;
  };
  readonly finding_info: {
    readonly uid: string;
    readonly title: string;
    readonly desc?: string;
    readonly types: readonly string[];
  };
  readonly compliance: {
    readonly control: string;
    readonly standards: readonly string[];
    readonly requirements?: readonly string[];
    readonly status_id: number;
    readonly status: string;
    readonly status_details?: readonly string[];
  };
  readonly resources: readonly OcsfResource[];
}
