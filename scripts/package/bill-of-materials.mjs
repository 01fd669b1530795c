import { createHash } from 'node:crypto';
import { withoutLicence } from './licence-rules.mjs';

/**
 * What npm says of the dependencies (CycloneDX), as the same bytes for the same dependencies: no time and no random number. Packages
 * that name no licence in their package.json get that of our list.
 *
 * @param bill of `npm sbom`
 * @param own the package.json
 */
export function billOfMaterials(bill, { name, version }) {
  const { timestamp: _, ...metadata } = bill.metadata;
  const components = bill.components.filter((each) => !isForDevelopment(each)).map(withLicence);
  const kept = new Set([bill.metadata.component['bom-ref'], ...components.map((each) => each['bom-ref'])]);
  const dependencies = bill.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => kept.has(each)) }));
  const content = {
    ...bill,
    dependencies,
    // npm calls it after its folder.
    metadata: { ...metadata, component: { ...metadata.component, type: 'application', name, version } },
    components,
  };
  return { ...content, serialNumber: `urn:uuid:${uuidOf({ ...content, serialNumber: null })}` };
}

/**
 * What only developers install. `npm sbom --omit dev` is no help: it leaves out packages by name, so also those of which developers
 * need another version.
 */
function isForDevelopment({ properties = [] }) {
  return properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');
}

function withLicence(component) {
  if (component.licenses !== undefined) return component;
  const name = withoutLicence[component.name]?.licence;
  return name === undefined ? component : { ...component, licenses: [{ license: { name } }] };
}

/** A UUID of version 8 (RFC 9562, 5.8): a digest. */
function uuidOf(value) {
  const hex = createHash('sha256').update(JSON.stringify(value)).digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
  return [...parts, hex.slice(20, 32)].join('-');
}
