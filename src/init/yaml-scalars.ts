import { stringify } from 'yaml';

/** Quoted where YAML would not read it as text. */
export function scalar(text: string): string {
  return stringify(text, { lineWidth: 0, defaultStringType: 'PLAIN' }).trimEnd();
}

/** Always quoted: within brackets a comma would end plain text. */
export function quotedScalar(text: string): string {
  return JSON.stringify(text);
}
