import type { ConfigurationFault } from './describe-issue.js';
import { type KindKeys, planFields } from './schema.js';

/**
 * Says of a key that this kind of report does not have which kind has it.
 *
 * @param kind of the plan; null: it names none that there is
 */
export function otherKindWords(
  kind: KindKeys | null,
  kinds: readonly KindKeys[],
): (fault: ConfigurationFault) => ConfigurationFault {
  if (kind === null) return (fault) => fault;
  const own = planFields(kind);
  return (fault) => {
    const [key, ...inner] = fault.path;
    if (typeof key !== 'string' || inner.length > 0 || Object.hasOwn(own, key)) return fault;
    const owners = kinds.filter(({ fields }) => Object.hasOwn(fields, key)).map(({ name }) => name);
    if (owners.length === 0) return fault;
    return { ...fault, words: `belongs to report: ${owners.join(' or ')}; this plan is of ${kind.name}` };
  };
}
