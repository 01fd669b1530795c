/**
 * A value as the text of a `<script type="application/json">` element. No text in it can end the element or begin a
 * comment, because `<` is written as \u003c (HTML Standard, "Restrictions for contents of script elements"); it is
 * ASCII-safe for surrogates, and JSON.parse gives the value back.
 */
export function scriptData(value: object): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
