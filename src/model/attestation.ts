import { z } from 'zod';
import type { DeepReadonly } from '../base/deep-readonly.js';
import {
  countSchema,
  instantSchema,
  planNameSchema,
  schemaVersionSchema,
  sha256Schema,
  toolSchema,
} from './document-values.js';

const proofSchema = z
  .object({
    name: z.string().min(1).describe('Name of the file, without its folder.'),
    bytes: countSchema.describe('Length.'),
    sha256: sha256Schema.describe('Of its bytes.'),
  })
  .describe('A file that whoever attests keeps: only its digest is archived.');

/** `<plan>/attestations/<sha256 of its bytes>.json` */
export const attestationSchema = z
  .object({
    schemaVersion: schemaVersionSchema,
    plan: planNameSchema,
    kind: z.enum(['restore-test']).describe('What is attested.'),
    subject: z
      .object({
        resourceId: z.string().min(1).describe('Its OCID in lower case, as in report.json.'),
        resourceName: z
          .string()
          .nullable()
          .describe('As the newest report had it then; null: that one did not judge it.'),
      })
      .describe('The protected resource.'),
    result: z
      .enum(['passed', 'failed'])
      .describe('passed: a backup was restored, and its contents were looked at and found right.'),
    testedAt: instantSchema.describe('When the test was over.'),
    attestedAt: instantSchema.describe('When this was written. Reports of days that end later count it.'),
    by: z.string().min(1).describe('Who says so.'),
    ticket: z.string().min(1).describe('Where it is on record.'),
    recoveryPoint: z.string().nullable().describe('Id of the backup that was restored; null: not told.'),
    note: z.string().nullable().describe('More in words; null: nothing.'),
    proofs: z.array(proofSchema).describe('Files that show it: protocols, screen shots.'),
    principal: z.string().describe('Who ran the command.'),
    tool: toolSchema,
    signing: z
      .object({ keyId: sha256Schema.describe('Id of the key.') })
      .nullable()
      .describe('The key that signs it: files .sig and .dsse belong to it. null: nothing signs it.'),
  })
  .meta({
    title: 'Attestation',
    description: 'What a person attests of a resource, as the result of a restore test.',
  });

export type Attestation = DeepReadonly<z.infer<typeof attestationSchema>>;

export type AttestationKind = Attestation['kind'];

/** An attestation that counts. */
export type CountedAttestation = Attestation & {
  /** Of its bytes: its name in the archive. */
  readonly sha256: string;
};

/**
 * Why a file of `attestations/` does not count.
 *
 * - not-there: there is a signature, and not what was signed.
 * - other-bytes: it is not what its name is the digest of, or nothing that this program writes.
 * - unreadable: it is a link, a folder, or may not be read.
 * - unsigned: it says that it is signed and has no signature, or it is not signed though the plan signed by then.
 * - wrong-signature: somebody else signed it, or something else was signed.
 * - untrusted-key: its key is not in the archive, was revoked, or was not valid then.
 */
export const attestationFaults = [
  'not-there',
  'other-bytes',
  'unreadable',
  'unsigned',
  'wrong-signature',
  'untrusted-key',
] as const;

export type AttestationFault = (typeof attestationFaults)[number];

/** A file that does not count. */
export interface RefusedAttestation {
  /** Below `attestations/`. */
  readonly name: string;
  readonly fault: AttestationFault;
}

/** What an archive had of attestations when a day was judged. */
export interface AttestationReading {
  /** In order of their time, then of their digest. */
  readonly counted: readonly CountedAttestation[];
  /** In order of their names. */
  readonly refused: readonly RefusedAttestation[];
}

export const noAttestations: AttestationReading = { counted: [], refused: [] };

/** The file `attestations` of `made-by/`: what a report went by. */
export const usedAttestationsSchema = z.object({
  counted: z.array(attestationSchema.extend({ sha256: sha256Schema })),
  refused: z.array(z.object({ name: z.string(), fault: z.enum(attestationFaults) })),
});
