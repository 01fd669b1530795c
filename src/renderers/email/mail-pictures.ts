import { createHash } from 'node:crypto';
import type { MailContent } from '../../ports.js';

/** A picture as it is shown; in CSS pixels. */
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
  /** `cid:…`: mail clients show neither `data:` addresses nor, unasked, pictures of the web. */
  readonly address: string;
}

/** Its place in the mail, and the part of the message that it is. Same picture, same content id. */
export function placePicture(
  name: string,
  { contentType, bytes, width, height }: Picture,
): { readonly placed: PlacedPicture; readonly part: MailContent['inline'][number] } {
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const cid = `${name}.${digest}@backup-report`;
  const filename = `${name}.${contentType === 'image/png' ? 'png' : 'jpg'}`;
  return { placed: { address: `cid:${cid}`, width, height }, part: { cid, filename, contentType, bytes } };
}
