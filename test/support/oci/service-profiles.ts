import type { ServiceProfile } from '../../../src/oci/service-profile.js';
import { logSource, originalContent, parsedColumns, timeColumn } from './backup-event-columns.js';

/** How the stand-in behaves where documentation leaves it open. */
export interface StandInProfile extends ServiceProfile {
  /** Every so manieth answer with rows or a count is partial; none if not set. */
  readonly partialEvery?: number;
}

/** As Oracle's documents and the SDK's types have it; where they say nothing, the plainest. */
export const asDocumented: StandInProfile = {
  logAnalytics: {
    timeEdges: 'milliseconds',
    endIncluded: false,
    linkGroups: 500,
    uniqueGives: 'scalar',
    textMinMax: false,
    exportShape: 'array',
    pageHeader: 'opc-next-page-id',
    asyncStatus: 200,
  },
};

/** Filters by whole seconds, lists everywhere. */
export const wholeSeconds: StandInProfile = {
  logAnalytics: {
    timeEdges: 'seconds',
    endIncluded: true,
    linkGroups: 500,
    uniqueGives: 'list',
    textMinMax: false,
    exportShape: 'lines',
    pageHeader: 'opc-next-page',
    asyncStatus: 201,
  },
};

const missing = 'recoveryWindowInDays';

/** A tenancy that lacks a column, and a service that now and then gives only a part. */
export const meagre: StandInProfile = {
  logAnalytics: {
    timeEdges: 'milliseconds',
    endIncluded: true,
    linkGroups: 500,
    uniqueGives: 'scalar',
    textMinMax: true,
    exportShape: 'object',
    pageHeader: 'opc-next-page-id',
    asyncStatus: 202,
    columns: [timeColumn, originalContent, logSource, ...parsedColumns]
      .map(({ displayName }) => displayName)
      .filter((name) => name !== missing),
  },
  partialEvery: 7,
};

/** For `describe.each`. */
export const serviceProfiles = [
  ['as documented', asDocumented],
  ['whole seconds', wholeSeconds],
  ['meagre', meagre],
] as const;
