import { nearestWord } from '../base/nearest-word.js';
import type { Language } from './language.js';

/** A type of resource that can be protected on its own. */
interface KnownType {
  /** As reports, rules and inventories write it. */
  readonly type: string;
  /** The second part of its OCIDs, `volume` in `ocid1.volume.oc1.iad.x`; none: its ids are of any form. */
  readonly ocidKinds: readonly string[];
}

/** Every type that an event, an inventory or a rule can be about. A new service or cloud is a new row. */
const knownTypes: readonly KnownType[] = [
  { type: 'database', ocidKinds: ['database'] },
  { type: 'autonomous-database', ocidKinds: ['autonomousdatabase'] },
  { type: 'autonomous-container-database', ocidKinds: ['autonomouscontainerdatabase'] },
  { type: 'volume', ocidKinds: ['volume'] },
  { type: 'boot-volume', ocidKinds: ['bootvolume'] },
  { type: 'volume-group', ocidKinds: ['volumegroup'] },
  { type: 'mysql-db-system', ocidKinds: ['mysqldbsystem'] },
  { type: 'postgresql-db-system', ocidKinds: ['postgresqldbsystem'] },
  { type: 'file-system', ocidKinds: ['filesystem'] },
  { type: 'goldengate-deployment', ocidKinds: ['goldengatedeployment'] },
  { type: 'key', ocidKinds: ['key'] },
  { type: 'vault', ocidKinds: ['vault'] },
  { type: 'big-data-cluster', ocidKinds: ['bigdataservice', 'bdsinstance'] },
  { type: 'protected-database', ocidKinds: [] },
  { type: 'pod-database', ocidKinds: [] },
  // Of Azure, without the word `database`: notices of Oracle's databases are joined to databases by name.
  { type: 'azure-vm', ocidKinds: [] },
  { type: 'azure-sql', ocidKinds: [] },
  { type: 'azure-sap', ocidKinds: [] },
  { type: 'azure-files', ocidKinds: [] },
  { type: 'azure-mab', ocidKinds: [] },
  { type: 'azure-backup-server', ocidKinds: [] },
  { type: 'azure-workload', ocidKinds: [] },
  { type: 'azure-disk', ocidKinds: [] },
  { type: 'azure-blobs', ocidKinds: [] },
  { type: 'azure-postgresql', ocidKinds: [] },
  { type: 'azure-kubernetes', ocidKinds: [] },
  { type: 'azure-backup-item', ocidKinds: [] },
];

/** The clouds whose resources a report can be about. */
export const clouds = ['oci', 'azure'] as const;

export type Cloud = (typeof clouds)[number];

/** The cloud that a resource is in: the types of Azure say so. */
export function cloudOf({ resourceType }: { readonly resourceType: string }): Cloud {
  return resourceType.startsWith('azure-') ? 'azure' : 'oci';
}

export const resourceTypeNames: readonly string[] = knownTypes.map(({ type }) => type);

const typeOfKind: ReadonlyMap<string, string> = new Map(
  knownTypes.flatMap(({ type, ocidKinds }) => ocidKinds.map((kind) => [kind, type] as const)),
);

/** In the sentences of a report: `Boot-Volume` for `boot-volume`; English names types as rules do. Others are quoted. */
export function typeInWords(type: string, { text }: Pick<Language, 'text'>): string {
  return resourceTypeNames.includes(type) ? text(`type.${type}`) : type;
}

/** On its own, for a person to read: `MySQL DB system` for `mysql-db-system`; a type that no row knows is quoted. */
export function typeNameInWords(type: string, { text }: Pick<Language, 'text'>): string {
  return resourceTypeNames.includes(type) ? text(`typeName.${type}`) : type;
}

/** The kind in an OCID: `database` for `ocid1.database.oc1.iad.x`; empty if it is not an OCID. */
export function ocidKind(id: string): string {
  const first = id.indexOf('.');
  if (first < 0 || id.slice(0, 4).toLowerCase() !== 'ocid') return '';
  const second = id.indexOf('.', first + 1);
  return id.slice(first + 1, second < 0 ? undefined : second).toLowerCase();
}

/** Type of the resource with this OCID, if such a resource can be protected on its own. */
export function protectedType(id: string): string | undefined {
  return typeOfKind.get(ocidKind(id));
}

/** Whether a resource of the type can have the id. What is no OCID fits every type. */
export function fitsType(id: string, type: string): boolean {
  const kind = ocidKind(id);
  const ocidKinds = knownTypes.find((each) => each.type === type)?.ocidKinds ?? [];
  return kind === '' || ocidKinds.length === 0 || ocidKinds.includes(kind);
}

/**
 * The type that was probably meant: by another spelling, by the id, or by letters; null: none comes near.
 *
 * @param known types that are known beyond those of the table
 */
export function nearestType(type: string, id: string, known: readonly string[]): string | null {
  const all = [...resourceTypeNames, ...known];
  return (
    all.find((each) => plain(each) === plain(type)) ??
    protectedType(id) ??
    nearestWord(type.toLowerCase(), all)
  );
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
