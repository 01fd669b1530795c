import { dayMs } from '../../src/base/time-units.js';
import { readDataSafeEvent } from '../../src/records/data-safe/read-event.js';
import { isJsonObject } from '../../src/records/json.js';
import { createDataSafeSource } from '../../src/sources/data-safe/data-safe-source.js';
import { dataSafeEvent } from '../support/data-safe-events.js';
import { connectTo } from '../support/oci-connection.js';
import { startStandIn } from '../support/oci/stand-in.js';
import type { StoredEvent } from '../support/oci/data-safe.js';
import { type ContractRecords, describeSourceContract } from '../support/source-contract.js';

const window = { fromMs: Date.parse('2026-11-18T05:00:00Z'), toMs: Date.parse('2026-11-19T05:00:00Z') };

const records: ContractRecords = {
  eventOf: (id, time) => dataSafeEvent({ id, auditEventTime: time, timeCollected: time }),
  openIds({ toMs }) {
    const ids = new Set<string>();
    return (value) => {
      const read = isJsonObject(value) ? readDataSafeEvent(value, toMs) : null;
      if (read?.ok !== true || ids.has(read.event.id)) return [];
      ids.add(read.event.id);
      return [read.event.id];
    };
  },
};

describeSourceContract(
  'Data Safe',
  () => window,
  async () => {
    const standIn = await startStandIn();
    const options = {
      endpoint: standIn.url,
      compartmentId: 'ocid1.compartment.oc1..prod',
      includeSubcompartments: true,
      trailsTimeoutMs: 60_000,
    };
    return {
      source: createDataSafeSource(await connectTo(standIn), options, () => window.toMs + dayMs),
      put: async (events) => void standIn.dataSafe.events.push(...(events as readonly StoredEvent[])),
      breakStore: async () => standIn.faults.next('/', { status: 500 }, 1_000_000),
      remove: () => standIn.close(),
    };
  },
  records,
);
