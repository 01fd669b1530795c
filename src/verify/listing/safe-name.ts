/** Names that Windows takes for devices, whatever follows the first dot. */
const device =
  /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(?:\..*)?$/i;

/**
 * Whether every part of a key is a name on any system, and the same one: letters of ASCII, digits, dot, hyphen and underscore;
 * none that leads elsewhere, or that a system changes or takes for a device.
 */
export function isSafeKey(key: string): boolean {
  return key.split('/').every(isSafeName);
}

export function isSafeName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9._-]{0,199}$/.test(name) && !name.endsWith('.') && !device.test(name);
}
