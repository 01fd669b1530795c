import { inventoryColumns } from '../model/inventory-columns.js';

/** The keys that only a backup report has, all of them optional. */
export const judgingSection = `inventory: # what should be backed up
  type: observed # what was seen before; or file, or oci (docs/oci.md)
#  type: file
#  path: ./inventory.csv # or .yaml; columns ${inventoryColumns.join(', ')}
#  # memberOf: the OCID or name of the volume group that a volume is backed up through

# First match wins. Where none matches: daily, maxAge 26h, maxDuration 12h.
#policies:
#  - name: production-databases
#    match: { resourceType: [database], compartment: 'prod*', name: '*', tags: { env: prod } } # * and ? in any
#    cadence: daily # weekdays:MON,TUE | weekly:SUN | monthly:1 | monthly:last | assigned (as in OCI)
#    maxAge: 26h # default: the longest time between two due days, and 2 h
#    maxDuration: 8h
#    minRetention: 35d # default: none demanded
#    maxRestoreAge: 90d # how old the last successful restore may be; default: none demanded
#    severity: critical # critical | high | medium | low
#    owner: dba-oncall@example.com # where the inventory names nobody

# Not judged, but listed and counted.
#exclude:
#  - match: { name: '*_SANDBOX' }
#    reason: rebuilt nightly

# Accepted exceptions: the verdict stays and is counted apart.
#waivers:
#  - match: { name: 'LEGACY_*' }
#    reason: decommissioned at the end of the year
#    ticket: CHG-1234
#    approvedBy: ciso@example.com
#    expires: 2026-12-31 # the last report day for which it holds
#maxWaivedShare: 20% # a waiver for more of the estate than that is a finding

# Each team gets its own part by mail, with its own workbook; the first match has it.
#recipients:
#  - name: storage team
#    match: { resourceType: [volume, boot-volume] }
#    to: [storage@example.com]
#  - name: owners
#    match: { owner: '*@example.com' }
#    to: owner # each owner their own
`;
