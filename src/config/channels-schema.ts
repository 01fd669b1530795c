import { z } from 'zod';
import { minuteMs, secondMs } from '../base/time-units.js';
import { ownModuleFields } from './module-schema.js';
import {
  durationBetween,
  namesAreUnique,
  ocidValue,
  ociPlaceFields,
  textValue,
  webUrlValue,
} from './values.js';

const common = {
  name: textValue,
  /** trouble: only if the report is not both COMPLIANT and COMPLETE. */
  when: z.enum(['always', 'trouble']).default('always'),
};

/** Of channels that post to a service. */
const postTimeout = {
  timeout: durationBetween('100ms', '1h').default(20 * secondMs),
};

const channel = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('oci-notifications'), ...common, ...ociPlaceFields, topicId: ocidValue }),
  z.strictObject({
    type: z.literal('webhook'),
    ...common,
    url: webUrlValue,
    format: z.enum(['json', 'slack', 'teams']).default('json'),
    ...postTimeout,
  }),
  // `npm run new` adds channels above this line.
  z.strictObject({
    ...ownModuleFields,
    ...common,
    timeout: durationBetween('100ms', '1h').default(minuteMs),
  }),
]);

/** The channels that are notified of a report besides mail. */
export const channelsSchema = z.array(channel).default([]).superRefine(namesAreUnique);

/** A monitor that notices silence: `URL/start` at the start, `URL` after success, `URL/fail` after failure. */
export const heartbeatSchema = z.strictObject({
  url: webUrlValue,
  timeout: durationBetween('100ms', '1h').default(10 * secondMs),
});
