import { isDeviceName } from '../../base/device-name.js';

/**
 * Whether every part of a key is a name on any system, and the same one: letters of ASCII, digits, dot, hyphen and underscore;
 * none that leads elsewhere, or that a system changes or takes for a device.
 */
export function isSafeKey(key: string): boolean {
  return key.split('/').every(isSafeName);
}

export function isSafeName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9._-]{0,199}$/.test(name) && !name.endsWith('.') && !isDeviceName(name);
}
