/** Names that Windows takes for devices, in every folder and whatever follows the first dot. */
const device =
  /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(?:\.|$)/i;

/** @param name of a file or a folder, without those above it */
export function isDeviceName(name: string): boolean {
  return device.test(name);
}
