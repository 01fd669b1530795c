import { describeLogAnalytics } from '../support/log-analytics-contract.js';
import { asDocumented } from '../support/oci/service-profiles.js';

/* The other profiles are in test/slow/log-analytics-profiles.test.ts. */
describeLogAnalytics('as documented', asDocumented, 5000);
