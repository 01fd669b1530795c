import { describeAggregate } from '../support/aggregate-contract.js';
import { serviceProfiles } from '../support/oci/service-profiles.js';

for (const [name, profile] of serviceProfiles) describeAggregate(name, profile);
