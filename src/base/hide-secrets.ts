/** Shorter texts are in too many words by chance. */
const fewestChars = 4;
const fewestCharsInBase64 = 6;

/**
 * Puts `…` in place of secrets in words of somebody else: as they are, as URLs and JSON have them, and in base64, wherever
 * they begin in it. Secrets of less than four characters stay.
 */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  const forms = secrets.filter(({ length }) => length >= fewestChars).flatMap(formsOfSecret);
  forms.sort((a, b) => b.length - a.length);
  return forms.reduce((words, form) => words.replaceAll(form, '…'), text);
}

function formsOfSecret(secret: string): readonly string[] {
  const plain = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
  return secret.length < fewestCharsInBase64 ? plain : [...plain, ...inBase64(secret)];
}

/** Characters that also hold bits of what stands before or after are no part of it. */
function inBase64(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
}
