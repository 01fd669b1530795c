import type { UnreadableReason } from '../errors.js';

/** What is wrong with a file of an archive. */
export type DamageReason =
  | 'not-there'
  /** Its bytes are not those that the manifest, or its own name, has the sha-256 of. */
  | 'other-bytes'
  | 'not-json'
  /** A manifest without what every manifest has. */
  | 'not-a-manifest'
  /** The manifest of another plan, day or revision. */
  | 'of-another'
  /** A manifest of a later format: no damage, and not for this version to go on from. */
  | 'newer'
  | UnreadableReason;

/** A file of an archive that cannot be used. */
export interface ArchiveDamage {
  readonly key: string;
  /** Where a person finds it. */
  readonly location: string;
  readonly reason: DamageReason;
  /** What the words of the reason name: `plan`, `date` and `revision`, or `version`. */
  readonly values?: Readonly<Record<string, string | number>>;
}

const englishOf: Readonly<Record<DamageReason, string>> = {
  'not-there': 'it is not there',
  'other-bytes': 'it is not the one that its manifest names',
  'not-json': 'it is not JSON',
  'not-a-manifest': 'it is no manifest',
  'of-another': 'it is the manifest of another plan, day or revision',
  newer: 'a newer version of this program wrote it',
  link: 'it is a symbolic link, and links within an archive are not followed',
  folder: 'it is a folder',
  special: 'it is neither a file nor a folder',
  'no-right': 'permission denied',
  device: 'the device reported an input/output error',
  'no-folder': 'it is a file, where a folder must be',
  'bad-name': 'nothing in an archive has such a name',
};

/** For logs and for errors of commands, which are in English. */
export function damageInEnglish({ reason, values = {} }: Pick<ArchiveDamage, 'reason' | 'values'>): string {
  if (reason === 'of-another') {
    return `it is the manifest of ${values['plan']}, ${values['date']}, r${values['revision']}`;
  }
  if (reason === 'newer') return `${englishOf.newer} (format ${values['version']})`;
  return englishOf[reason];
}
