import { compareText } from '../../base/text-order.js';

/** What a path or a pattern of the configuration matches. */
export type FoundInput =
  | { readonly kind: 'file'; readonly path: string }
  /** `at`: what of it failed; `why`: `permission denied (EACCES)` */
  | { readonly kind: 'unreadable'; readonly at: 'opened' | 'read'; readonly why: string }
  | { readonly kind: 'left out'; readonly rule: string; readonly detail: string };

export type NamedInput = FoundInput & { readonly name: string };

/** Every input once, by its name in reports, whichever paths and patterns match it. */
export class FoundInputs {
  readonly #byName = new Map<string, FoundInput>();

  /** Another pattern may ask for what this one leaves out; nothing takes back what was asked for. */
  add(name: string, input: FoundInput): void {
    const known = this.#byName.get(name);
    if (known === undefined || known.kind === 'left out') this.#byName.set(name, input);
  }

  /** Sorted by name. */
  all(): NamedInput[] {
    const all = [...this.#byName].map(([name, input]) => ({ ...input, name }));
    return all.sort((a, b) => compareText(a.name, b.name));
  }
}
