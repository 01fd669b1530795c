import { dayPrefix } from '../day/revisions/read-revisions.js';
import type { Archive } from '../ports/archive.js';

/**
 * The archive as it was when a revision was made, as far as its day goes: without this revision and those after it.
 * Nothing can be written to it.
 */
export function archiveAsItWas(
  archive: Archive,
  { plan, date, revision }: { readonly plan: string; readonly date: string; readonly revision: number },
): Archive {
  const prefix = dayPrefix(plan, date);
  const wasThere = (key: string): boolean => {
    if (!key.startsWith(prefix)) return true;
    const number = /^r([1-9]\d{0,8})(?:\/|$)/.exec(key.slice(prefix.length))?.[1];
    return number === undefined || Number(number) < revision;
  };
  return {
    type: archive.type,
    create: (key) => Promise.reject(new Error(`a replay writes nothing: ${key}`)),
    read: async (key) => (wasThere(key) ? archive.read(key) : null),
    list: async (under) => (await archive.list(under)).filter(({ key }) => wasThere(key)),
    locate: (key) => archive.locate(key),
    diagnose: () => Promise.resolve([]),
  };
}
