import { officeRelations, packageRelations } from '../package/relation-names.js';
import { xmlElement } from '../package/xml-elements.js';
import { documentXml } from '../package/xml-tree.js';
import type { ExtraPart } from './workbook-parts.js';

/** The relationships of a part that is being written (ECMA-376 part 2, 9.3). */
export class PartRelations {
  readonly #part: string;
  readonly #entries: {
    readonly id: string;
    readonly type: string;
    readonly target: string;
    readonly mode: string;
  }[] = [];

  /** @param part name of the part that they belong to */
  constructor(part: string) {
    this.#part = part;
  }

  /**
   * @param type its last word, or the whole
   * @param part name of the part referred to
   * @returns the id
   */
  add(type: string, part: string, id = `rId${this.#entries.length + 1}`): string {
    const whole = type.includes('/') ? type : `${officeRelations}/${type}`;
    this.#entries.push({ id, type: whole, target: `/${part}`, mode: '' });
    return id;
  }

  addExternal(type: string, target: string, id = `rId${this.#entries.length + 1}`): string {
    this.#entries.push({ id, type, target, mode: 'External' });
    return id;
  }

  /** The part that holds them; none if there are none. */
  parts(): readonly ExtraPart[] {
    if (this.#entries.length === 0) return [];
    const at = this.#part.lastIndexOf('/') + 1;
    const children = this.#entries.map(({ id, type, target, mode }) =>
      xmlElement('Relationship', {
        Id: id,
        Type: type,
        Target: mode === '' ? relativeTarget(target, this.#part) : target,
        ...(mode === '' ? {} : { TargetMode: mode }),
      }),
    );
    return [
      {
        name: `${this.#part.slice(0, at)}_rels/${this.#part.slice(at)}.rels`,
        content: documentXml({
          root: xmlElement('Relationships', {}, children),
          namespaces: new Map([['', packageRelations]]),
        }),
        contentType: null,
      },
    ];
  }
}

/** `../drawings/drawing1.xml`: some readers know targets that begin in the folder of the part only. */
function relativeTarget(target: string, part: string): string {
  const from = part.split('/').slice(0, -1);
  const to = target.slice(1).split('/');
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common += 1;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
}
