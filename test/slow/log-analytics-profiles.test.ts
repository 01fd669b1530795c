import { describeLogAnalytics } from '../support/log-analytics-contract.js';
import { asDocumented, meagre, wholeSeconds } from '../support/oci/service-profiles.js';

describeLogAnalytics('as documented, with very many events', asDocumented);
describeLogAnalytics('with edges on whole seconds', wholeSeconds);
describeLogAnalytics('that is meagre', meagre);
