import { z } from 'zod';
import type { DeepReadonly } from '../base/deep-readonly.js';
import { instantSchema, schemaVersionSchema } from './document-values.js';

const attemptSchema = z.int().min(1);

const standingSchema = z
  .enum(['good', 'warning', 'bad'])
  .exactOptional()
  .describe(
    'How the report stands that a channel is told of; a good one is an all clear to those told of trouble.',
  );

export const deliveryClaimSchema = z
  .object({
    schemaVersion: schemaVersionSchema,
    attempt: attemptSchema.describe('Number of the attempt, from 1.'),
    time: instantSchema.describe('When it was claimed.'),
    expires: instantSchema.describe('Until then no other process makes the same attempt.'),
    messageId: z.string().describe('Message-ID of the mail: the same for every attempt.'),
    route: z.string().describe('mail, or channel: and its name.'),
    transport: z.string().describe('Kind of mailer or channel.'),
    recipients: z.array(z.string()).describe('Who is to get it.'),
    standing: standingSchema,
  })
  .meta({
    title: 'delivery-N.claim.json',
    description:
      'Written before an attempt to deliver. If it has expired without a record, the attempt crashed.',
  });

export type DeliveryClaim = DeepReadonly<z.infer<typeof deliveryClaimSchema>>;

export const deliveryRecordSchema = z
  .object({
    schemaVersion: schemaVersionSchema,
    attempt: attemptSchema.describe('Number of the attempt, from 1.'),
    time: instantSchema.describe('When it ended.'),
    messageId: z.string().describe('Message-ID of the mail: the same for every attempt.'),
    route: z
      .string()
      .exactOptional()
      .describe('mail, or channel: and its name. Absent in records from before there were channels.'),
    transport: z.string().describe('Kind of mailer or channel.'),
    location: z.string().nullable().describe('Where the message is stored, for transports that keep it.'),
    accepted: z.array(z.string()).describe('Who got it.'),
    refused: z
      .array(
        z
          .object({
            recipient: z.string().describe('Who did not get it.'),
            reason: z.string().describe('In the words of the server.'),
          })
          .describe('One recipient.'),
      )
      .describe('Who was refused.'),
    standing: standingSchema,
  })
  .meta({ title: 'delivery-N.json', description: 'The result of an attempt to deliver.' });

export type DeliveryRecord = DeepReadonly<z.infer<typeof deliveryRecordSchema>>;
