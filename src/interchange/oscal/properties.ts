import { oneLineOf } from '../plain.js';
import type { Property } from './types.js';

/** Of names that OSCAL itself does not define. */
const ourNames = 'urn:oci-backup-reporter:oscal:1';

/** Properties that have a value; undefined where none has, because a list in OSCAL is never empty. */
export function propertiesOf(
  values: readonly (readonly [name: string, value: string | number | null, className?: string])[],
): readonly Property[] | undefined {
  const properties = values.flatMap(([name, value, className]): Property[] => {
    const text = value === null ? '' : oneLineOf(String(value));
    if (text === '') return [];
    return [{ name, ns: ourNames, value: text, ...(className === undefined ? {} : { class: className }) }];
  });
  return properties.length === 0 ? undefined : properties;
}

/** For a field that is left out where there is nothing in it. */
export function present<K extends string, V>(
  name: K,
  value: V | undefined | null,
): { readonly [N in K]?: V } {
  return value === undefined || value === null ? {} : ({ [name]: value } as { readonly [N in K]?: V });
}
