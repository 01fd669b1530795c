import { artefactNames } from '../../model/artefact-names.js';
import type { Archive } from '../../ports/archive.js';

/** Where a person finds a revision. */
export interface ReportPlace {
  /** Its folder, as the archive names it. */
  readonly location: string;
  /** Its page where a browser finds it; absent: the plan has no `publicUrl`. */
  readonly link?: string;
}

/** Where whoever reads a plan finds its archive. */
export interface PublicPlace {
  /** Where a browser finds the archive, without a slash at its end; absent: people are told where the archive has it. */
  readonly publicUrl?: string | undefined;
}

/** @param prefix of the revision; ends in `/` */
export function reportPlace({ publicUrl }: PublicPlace, archive: Archive, prefix: string): ReportPlace {
  const location = archive.locate(prefix);
  if (publicUrl === undefined) return { location };
  return { location, link: addressIn(publicUrl, `${prefix}${artefactNames.page}`) };
}

/** Where a person finds a file of the archive: with its link where there is one, else where the archive has it. */
export function locateFile({ publicUrl }: PublicPlace, archive: Archive, key: string): string {
  return publicUrl === undefined ? archive.locate(key) : addressIn(publicUrl, key);
}

/** Keys keep their slashes. */
function addressIn(publicUrl: string, key: string): string {
  return [publicUrl, ...key.split('/').map((part) => encodeURIComponent(part))].join('/');
}
