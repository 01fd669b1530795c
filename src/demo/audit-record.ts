import { randomUuid } from './random.js';

/** What a record of the demo's audit tells. */
export interface DemoCall {
  /** Epoch milliseconds. */
  readonly timeMs: number;
  /** `DatabaseService.DeleteBackup`, perhaps with `.begin` or `.end`. */
  readonly type: string;
  /** null: a record without one, as of a sign-in. */
  readonly verb: string | null;
  readonly who: DemoCaller;
  readonly resource: { readonly id: string; readonly name: string };
  readonly compartment: string;
  readonly status?: string;
  readonly message?: string;
  readonly groupingId?: string;
  readonly before?: object;
  readonly after?: object;
}

export interface DemoCaller {
  readonly name: string;
  readonly id: string;
  readonly authType: string;
  readonly ipAddress: string;
}

/** A record in the form of OCI Audit. */
export function auditCall(call: DemoCall, random: () => number): object {
  const { type, timeMs, verb, who, resource, compartment, status = '200', message = null } = call;
  const parts = type.replace(/\.(?:begin|end)$/, '').split('.');
  const time = new Date(timeMs).toISOString();
  return {
    eventType: `com.oraclecloud.${type}`,
    cloudEventsVersion: '0.1',
    eventTypeVersion: '2.0',
    source: parts[0],
    eventId: randomUuid(random),
    eventTime: time,
    contentType: 'application/json',
    data: {
      eventGroupingId: call.groupingId ?? null,
      eventName: parts.at(-1),
      compartmentId: `ocid1.compartment.oc1..${compartment}`,
      compartmentName: compartment,
      resourceName: resource.name,
      resourceId: resource.id,
      availabilityDomain: null,
      freeformTags: {},
      definedTags: {},
      identity: {
        principalName: who.name,
        principalId: who.id,
        authType: who.authType,
        callerName: null,
        callerId: null,
        tenantId: 'ocid1.tenancy.oc1..demo',
        ipAddress: who.ipAddress,
        userAgent: 'demo',
        consoleSessionId: null,
      },
      request: { id: randomUuid(random), path: '/', action: verb, parameters: {} },
      response: { status, responseTime: time, payload: {}, message },
      stateChange: { previous: call.before ?? null, current: call.after ?? null },
      additionalDetails: null,
    },
  };
}
