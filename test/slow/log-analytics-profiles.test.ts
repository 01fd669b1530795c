import { describeLogAnalytics } from '../support/log-analytics-contract.js';
import { meagre, wholeSeconds } from '../support/oci/service-profiles.js';

describeLogAnalytics('with edges on whole seconds', wholeSeconds);
describeLogAnalytics('that is meagre', meagre);
