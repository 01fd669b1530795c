import type { DatabaseClient } from 'oci-database';
import { z } from 'zod';
import type { Protection } from '../../model/protected-resource.js';
import type { Place } from '../../oci/connection.js';
import type { CompartmentSpot } from './findings.js';
import { type Sighting, noProtection, unknownProtection } from './inventoried-resource.js';
import { type Surroundings, inBatches, pageLimit, readList } from './read-list.js';
import { summarySchema, toSighting } from './summary-schema.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

const service = 'Database';

const homeSchema = z.object({ id: z.string().min(1), lifecycleState: z.string().nullish() });

const databaseSchema = summarySchema.extend({
  id: z.string().min(1),
  dbName: z.string(),
  dbUniqueName: z.string().nullish(),
  dbBackupConfig: z
    .object({
      autoBackupEnabled: z.boolean().nullish(),
      recoveryWindowInDays: z.number().nullish(),
      backupDestinationDetails: z.array(z.object({ type: z.string().nullish() })).nullish(),
    })
    .nullish(),
});

const autonomousSchema = summarySchema.extend({
  id: z.string().min(1),
  dbName: z.string().nullish(),
  backupRetentionPeriodInDays: z.number().nullish(),
  isRefreshableClone: z.boolean().nullish(),
});

export async function openDatabaseService({ connection }: Surroundings, at: Place): Promise<DatabaseClient> {
  const { default: sdk } = await import('oci-database');
  return connection.place(at, ({ params, configuration }) => new sdk.DatabaseClient(params, configuration));
}

/** The databases of a compartment: the service lists them home by home. */
export async function readDatabases(
  surroundings: Surroundings,
  client: DatabaseClient,
  spot: CompartmentSpot,
): Promise<Sighting[]> {
  const { compartmentId } = spot;
  const homes = await readList(surroundings, {
    spot,
    call: { service, operation: 'listDbHomes' },
    schema: homeSchema,
    getPage: async (parameter) => {
      const answer = await client.listDbHomes({ compartmentId, limit: pageLimit, ...parameter });
      return { items: answer.items, next: answer.opcNextPage };
    },
  });
  const existing = homes.filter(({ lifecycleState }) => lifecycleState?.toUpperCase() !== 'TERMINATED');
  const listed = await inBatches(existing, (home) =>
    readList(surroundings, {
      spot,
      call: { service, operation: 'listDatabases' },
      schema: databaseSchema,
      getPage: async (parameter) => {
        const request = { compartmentId, dbHomeId: home.id, limit: pageLimit };
        const answer = await client.listDatabases({ ...request, ...parameter });
        return { items: answer.items, next: answer.opcNextPage };
      },
    }),
  );
  return listed.flat().map((database) =>
    toSighting(database, {
      resourceId: database.id,
      resourceType: 'database',
      name: database.dbUniqueName ?? database.dbName,
      otherName: database.dbName,
      protection: databaseProtectionOf(database),
    }),
  );
}

function databaseProtectionOf({ dbBackupConfig }: z.infer<typeof databaseSchema>): Protection {
  const enabled = dbBackupConfig?.autoBackupEnabled ?? null;
  if (enabled === null) return unknownProtection;
  if (!enabled) return noProtection;
  const types = (dbBackupConfig?.backupDestinationDetails ?? []).map(({ type }) => type ?? '');
  const destinations = [...new Set(types)].filter((type) => type !== '').sort();
  return {
    enabled,
    means: reasonWords('protectedAutomatic'),
    retentionDays: dbBackupConfig?.recoveryWindowInDays ?? null,
    destination: destinations.join(', ') || null,
  };
}

export async function readAutonomousDatabases(
  surroundings: Surroundings,
  client: DatabaseClient,
  spot: CompartmentSpot,
): Promise<Sighting[]> {
  const { compartmentId } = spot;
  const databases = await readList(surroundings, {
    spot,
    call: { service, operation: 'listAutonomousDatabases' },
    schema: autonomousSchema,
    getPage: async (parameter) => {
      const answer = await client.listAutonomousDatabases({ compartmentId, limit: pageLimit, ...parameter });
      return { items: answer.items, next: answer.opcNextPage };
    },
  });
  return databases.map((database) =>
    toSighting(database, {
      resourceId: database.id,
      resourceType: 'autonomous-database',
      name: database.displayName ?? database.dbName ?? null,
      protection: autonomousProtectionOf(database),
    }),
  );
}

/**
 * Automatic backup cannot be turned off, but a refreshable clone has none.
 * https://docs.oracle.com/iaas/autonomous-database-shared/doc/refreshable-clone-notes.html
 */
function autonomousProtectionOf(database: z.infer<typeof autonomousSchema>): Protection {
  if (database.isRefreshableClone === true)
    return { ...noProtection, means: reasonWords('protectedByClone') };
  return {
    enabled: true,
    means: reasonWords('protectedAutomatic'),
    retentionDays: database.backupRetentionPeriodInDays ?? null,
    destination: null,
  };
}
