/** The messages of a page template's headers of columns, in their order, each once. Those that the data name are not among them. */
export function columnsOfPage(template: string): readonly string[] {
  const heads = [...template.matchAll(/<thead\b[^]*?<\/thead>/g)].map(([head]) => head);
  return [
    ...new Set(heads.flatMap((head) => [...head.matchAll(/\{\{t "([^"]+)"/g)].map(([, key = '']) => key))),
  ];
}
