import { z } from 'zod';
import { dayMs } from '../base/time-units.js';
import { budgetValue, commonSourceFields } from './source-fields.js';
import { durationBetween, ocidValue, ociPlaceFields, regionValue, textValue, webUrlValue } from './values.js';

const compartmentsValue = z.array(ocidValue).min(1, 'must name at least one compartment');

/** Records of OCI Audit by its own service. */
export const ociAuditSchema = z
  .strictObject({
    type: z.literal('oci-audit'),
    ...commonSourceFields,
    /** All that the tenancy uses if not set. */
    regions: z.array(regionValue).min(1, 'must name at least one region').optional(),
    endpoint: webUrlValue.optional(),
    /** All of the tenancy if not set. */
    compartments: compartmentsValue.optional(),
    includeSubcompartments: z.boolean().default(true),
    excludeCompartments: z.array(ocidValue).default([]),
    ingestionDelay: durationBetween('0s', '30d').default(dayMs),
    parallel: z.int().min(1).max(16).default(4),
    budget: budgetValue.optional(),
  })
  .refine(({ endpoint, regions = [] }) => endpoint === undefined || regions.length < 2, {
    error: 'must name one region where endpoint is set: an endpoint is that of one region',
    path: ['regions'],
  });

/** `ocid1.compartment.oc1..x/ocid1.loggroup.oc1..y/ocid1.log.oc1..z`, or a compartment and `/_Audit`. */
const logValue = z
  .string()
  .regex(
    /^ocid1\.[\w.-]+(?:\/[\w.-]+){0,2}$/i,
    'must be OCIDs with slashes between them: compartment/log group/log, or compartment/_Audit',
  );

/** A search whose answers are records: stages that change them could not be counted. */
const searchValue = textValue
  .regex(/^search\s+"/, 'must begin with search and a quoted name: search "ocid1.tenancy.oc1..x/_Audit"')
  .refine(
    (text) => !/\|\s*(?:sort|summarize|select|count|top|rename|extend|dedup|timestats|eval)\b/i.test(text),
    {
      error: 'must only filter, with where: records are read whole and counted',
    },
  );

/** Records by the search of OCI Logging. */
export const loggingSearchSchema = z
  .strictObject({
    type: z.literal('logging-search'),
    ...commonSourceFields,
    ...ociPlaceFields,
    logs: z.array(logValue).min(1, 'must name at least one log').optional(),
    search: searchValue.optional(),
    ingestionDelay: durationBetween('0s', '30d').default(dayMs),
    parallel: z.int().min(1).max(5).default(2),
    budget: budgetValue.optional(),
  })
  .refine(({ logs, search }) => logs === undefined || search === undefined, {
    error: 'must not be set together with search',
    path: ['logs'],
  })
  .meta({ not: { required: ['logs', 'search'] } });
