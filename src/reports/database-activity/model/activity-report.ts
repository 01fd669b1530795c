import { z } from 'zod';
import type { DeepReadonly } from '../../../base/deep-readonly.js';
import { countSchema, dateSchema, instantSchema } from '../../../model/document-values.js';
import { previousReportSchema } from '../../../model/previous-report.js';
import { reportHeadSchema } from '../../../model/report-head.js';
import { activityLists, activityResults } from './activity.js';

/** How many events a list of report.json has at most; activity.ndjson.gz has all of them. */
export const mostEventsListed = 200;

/** How many rows a table of report.json has at most; the others are added up in one row without a name. */
export const mostActivityRows = 500;

const text = z.string().nullable();

export const activityCountsShape = {
  records: countSchema.describe('Audit events that happened in the day.'),
  succeeded: countSchema.describe('Those that the database carried out.'),
  failed: countSchema.describe('Those that it refused or that failed.'),
  unknown: countSchema.describe('Those whose result is not known.'),
  failedLogins: countSchema.describe('Logins that failed, or of which nobody knows that they did not.'),
  privileged: countSchema.describe(
    'Those that change who may do what, what is audited, or the database as a whole; whatever came of them.',
  ),
  grants: countSchema.describe('Those of them that grant or revoke.'),
  drops: countSchema.describe('Those that drop or empty something, whatever came of them.'),
};

export const countsSchema = z.object(activityCountsShape);

export const activityTotalsSchema = z
  .object({
    ...activityCountsShape,
    auditingOff: countSchema.describe('Those that took auditing away, or may have.'),
    targets: countSchema.describe('Target databases that are known: by an event or by a trail.'),
    withoutData: countSchema.describe('Targets whose events of the day were not collected, or in part only.'),
    late: countSchema.describe('Events of earlier days that were collected on this day.'),
  })
  .describe('The day in numbers: records = succeeded + failed + unknown = number of lines.');

const trailSchema = z.object({
  trailId: z.string().describe('OCID in lower case.'),
  location: z.string().describe('UNIFIED_AUDIT_TRAIL, SYS.AUD$ …'),
  status: z.string().describe('As Data Safe has it: COLLECTING, STOPPED …'),
  collectsFrom: instantSchema.nullable().describe('Events from before it are not collected; null: not told.'),
  lastCollected: instantSchema.nullable().describe('Until when it was collected; null: not told.'),
});

export const collectionStates = ['collected', 'partial', 'no-data', 'unknown'] as const;

const targetSchema = z
  .object({
    targetId: z.string().describe('OCID in lower case.'),
    targetName: text.describe('Name; null: not told.'),
    databaseType: text,
    ...activityCountsShape,
    collection: z
      .enum(collectionStates)
      .describe('Whether the events of the whole day were collected; unknown: nothing tells.'),
    collectedTo: instantSchema.nullable().describe('Until when; null: not known.'),
    excluded: text.describe('Why the plan does not ask for its events; null: it does.'),
    trails: z.array(trailSchema).describe('Its audit trails, by place and id.'),
  })
  .describe('One target database.');

const rowSchema = z
  .object({
    name: z.string().describe('Name; empty: not told, or the row of all others.'),
    others: countSchema.describe('How many are added up in this row; 0: it is of one.'),
    ...activityCountsShape,
  })
  .describe('The rows add up to totals.');

export const listedEventSchema = z
  .object({
    id: z.string(),
    time: instantSchema.describe('When it happened.'),
    targetId: z.string(),
    targetName: text,
    dbUserName: text,
    osUserName: text,
    action: z.string().describe('What was done: LOGON, ALTER USER …'),
    object: text.describe('Owner and name of what it was done to.'),
    result: z.enum(activityResults),
    error: text.describe('Code and words of the database.'),
    from: text.describe('Address, else name of the machine it came from.'),
    program: text,
    command: text.describe('Text of the command without passwords, the first 500 characters.'),
  })
  .describe('One audit event, in short.');

const listSchema = z.object({
  total: countSchema.describe('How many there are.'),
  events: z.array(listedEventSchema).max(mostEventsListed).describe('The first 200 of them, oldest first.'),
});

const loginSchema = z.object({
  targetId: z.string(),
  targetName: text,
  dbUserName: text,
  from: text.describe('Address, else name of the machine it came from.'),
  error: text.describe('Code of the database.'),
  attempts: countSchema,
  first: instantSchema,
  last: instantSchema,
});

export const activityReportSchema = reportHeadSchema
  .extend({
    kind: z.literal('database-activity').describe('Kind of report.'),
    totals: activityTotalsSchema,
    targets: z.array(targetSchema).describe('Every target database: without data first, then by name.'),
    lists: z
      .object(
        Object.fromEntries(activityLists.map((name) => [name, listSchema])) as Record<
          (typeof activityLists)[number],
          typeof listSchema
        >,
      )
      .describe('What a person should look at. An event is in the first list that fits.'),
    logins: z
      .array(loginSchema)
      .max(mostActivityRows)
      .describe('Failed logins by target, user, place and error, the most attempts first.'),
    loginsFurther: countSchema.describe('Attempts beyond these rows.'),
    users: z
      .array(rowSchema)
      .max(mostActivityRows + 1)
      .describe('By user of the database.'),
    operations: z
      .array(rowSchema)
      .max(mostActivityRows + 1)
      .describe('By what was done.'),
    activity: z
      .array(
        z.object({
          targetId: z.string().describe('Empty: of all others.'),
          targetName: text,
          dbUserName: text,
          action: z.string(),
          result: z.enum(activityResults).nullable(),
          records: countSchema,
        }),
      )
      .max(mostActivityRows + 1)
      .describe('By target, user, operation and result, the most frequent first; they add up to records.'),
    hours: z
      .array(
        z.object({
          start: instantSchema.describe('When the hour begins.'),
          records: countSchema,
          failed: countSchema,
        }),
      )
      .describe('Events by the hour in which they happened: 23, 24 or 25 of them.'),
    lateDays: z
      .array(
        z.object({
          date: dateSchema.describe('Day that they are of.'),
          records: countSchema,
          revised: z.boolean().describe('Whether the schedule makes that day again by itself.'),
        }),
      )
      .describe('Earlier days of which events were collected on this day, oldest first.'),
    otherTypes: z
      .array(z.object({ eventType: z.string(), records: countSchema }))
      .max(mostActivityRows + 1)
      .describe('Records that are no audit events of Data Safe, by type; they are ignored.'),
    previousReport: previousReportSchema.nullable(),
  })
  .meta({
    title: 'report.json of database-activity',
    description:
      'What was done in databases on one day, by whom and with what result, as Data Safe audited it.',
  });

/** Times are ISO 8601 UTC. */
export type ActivityReport = DeepReadonly<z.infer<typeof activityReportSchema>>;

export type ActivityTotals = ActivityReport['totals'];
export type ActivityCounts = DeepReadonly<z.infer<typeof countsSchema>>;
export type ActivityTarget = ActivityReport['targets'][number];
export type ActivityRow = ActivityReport['users'][number];
export type ListedEvent = DeepReadonly<z.infer<typeof listedEventSchema>>;
export type ActivityTrail = ActivityTarget['trails'][number];
