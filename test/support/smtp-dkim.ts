import { createHash, createPublicKey, createVerify } from 'node:crypto';

export interface DkimFacts {
  readonly domain: string | undefined;
  readonly selector: string | undefined;
  readonly signed: readonly string[];
  /** Whether the digest of the body is right. */
  readonly bodyHolds: boolean;
  readonly signatureHolds: boolean;
}

/** Checks the signature of a message, relaxed/relaxed with rsa-sha256: RFC 6376 sections 3.4 and 3.7. */
export function checkDkim(raw: Buffer, publicKeyPem: string): DkimFacts {
  const text = raw.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const fields = text.slice(0, end).split(/\r\n(?![ \t])/);
  const signature = fields.find((field) => /^dkim-signature:/i.test(field)) ?? '';
  const tags = tagsOf(signature);
  const signed = (tags.get('h') ?? '').split(':');

  const data = signed.flatMap((name) => {
    const field = fields.findLast((each) => each.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    return field === undefined ? [] : [relaxedHeader(field)];
  });
  const own = relaxedHeader(signature).replace(/(;\s*b=)[^;]*/, '$1');
  const verifier = createVerify('RSA-SHA256');
  verifier.update([...data, own].join('\r\n'), 'latin1');
  const body = createHash('sha256')
    .update(relaxedBody(text.slice(end + 4)), 'latin1')
    .digest('base64');
  return {
    domain: tags.get('d'),
    selector: tags.get('s'),
    signed,
    bodyHolds: tags.get('bh') === body,
    signatureHolds: verifier.verify(createPublicKey(publicKeyPem), tags.get('b') ?? '', 'base64'),
  };
}

function tagsOf(field: string): ReadonlyMap<string, string> {
  const list = field.slice(field.indexOf(':') + 1).split(';');
  return new Map(
    list.map((tag) => {
      const at = tag.indexOf('=');
      return [tag.slice(0, at).trim(), tag.slice(at + 1).replaceAll(/\s/g, '')] as const;
    }),
  );
}

function relaxedHeader(field: string): string {
  const at = field.indexOf(':');
  const value = field
    .slice(at + 1)
    .replaceAll('\r\n', '')
    .replaceAll(/[ \t]+/g, ' ')
    .trim();
  return `${field.slice(0, at).trim().toLowerCase()}:${value}`;
}

function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replaceAll(/[ \t]+/g, ' ').replace(/ $/, ''));
  while (lines.at(-1) === '') lines.pop();
  return lines.length === 0 ? '' : `${lines.join('\r\n')}\r\n`;
}
