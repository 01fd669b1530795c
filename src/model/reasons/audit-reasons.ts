/** Why records of OCI Audit, by its own service or by Logging search, are not complete. */
export const auditReasons = {
  auditOfDeleted:
    '{region}, deleted compartment {compartment}: {why}; where nothing of it is wanted, name it in excludeCompartments',
  auditNoList: 'the answer is not a list of events',
  auditSpent: '{number#compartment was|compartments were} not read to the end: {why}',
  auditRetentionShort:
    'Audit keeps records for {days#} days, which does not reach back to {from}: older ones are gone',
  auditRetentionUnknown:
    'Audit does not say how long it keeps records ({why}); {days#} days, the least that there is, do not reach back to {from}',
  auditCompartmentsUnknown: 'not all compartments of the tenancy could be listed: {why}',
  auditRegionsUnknown: 'the regions of the tenancy could not be listed, so only {region} was read: {why}',
  auditRegionNotRead: 'the region {region}, which the tenancy uses, was not read: {why}',
  auditRegionLeft:
    '{region}: {number#compartment was|compartments were} not asked, because one call after the other failed there: {why}',
  searchNoList: 'the answer is not a list of search results',
  searchCounts: '{rows#record was|records were} read, but the service counts {counted#}',
  searchNoCount: 'the service does not count what it finds, so nothing shows that all of it came: {why}',
} as const;
