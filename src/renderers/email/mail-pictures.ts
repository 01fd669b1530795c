import { createHash } from 'node:crypto';
import type { MailContent } from '../../ports/mail-renderer.js';

/** Display size of a picture, in CSS pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export interface Picture extends PictureSize {
  readonly contentType: 'image/png' | 'image/jpeg';
  readonly bytes: Buffer;
}

/** A picture as a template shows it. */
export interface PlacedPicture extends PictureSize {
  /** `cid:…`: mail clients show no `data:` URLs and, by default, no remote pictures. */
  readonly address: string;
}

/** Its reference in the mail, and the message part. Same picture, same content id. */
export function placePicture(
  name: string,
  { contentType, bytes, width, height }: Picture,
): { readonly placed: PlacedPicture; readonly part: MailContent['inline'][number] } {
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const cid = `${name}.${digest}@backup-report`;
  const filename = `${name}.${contentType === 'image/png' ? 'png' : 'jpg'}`;
  return { placed: { address: `cid:${cid}`, width, height }, part: { cid, filename, contentType, bytes } };
}
