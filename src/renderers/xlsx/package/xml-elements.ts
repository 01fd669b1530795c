import type { XmlElement, XmlNode } from './xml-tree.js';

export function xmlElement(
  name: string,
  attributes: XmlElement['attributes'] = {},
  children: readonly XmlNode[] = [],
): XmlElement {
  return { name, attributes, children };
}

export function elementsOf(parent: XmlElement | undefined, name?: string): readonly XmlElement[] {
  return (parent?.children ?? []).flatMap((node) =>
    typeof node === 'string' || (name !== undefined && node.name !== name) ? [] : [node],
  );
}

export function elementOf(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return elementsOf(parent, name)[0];
}

/** All text in an element. */
export function textOf(element: XmlElement | undefined): string {
  return (element?.children ?? []).map((node) => (typeof node === 'string' ? node : textOf(node))).join('');
}

/** `f` for `xm:f`. */
export function localName({ name }: XmlElement): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Each element of the tree, its children first; null leaves it out. */
export function mapElements(
  element: XmlElement,
  change: (element: XmlElement) => XmlElement | null,
): XmlElement | null {
  const children = element.children.flatMap((node): readonly XmlNode[] => {
    if (typeof node === 'string') return [node];
    const changed = mapElements(node, change);
    return changed === null ? [] : [changed];
  });
  return change({ ...element, children });
}
