/**
 * T with every optional field there, at every depth. What a sample is typed with: a field that is new in a document is a
 * compile error until the sample has it.
 */
export type Whole<T> = T extends readonly (infer Item)[]
  ? readonly Whole<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]-?: Whole<Exclude<T[Key], undefined>> }
    : T;
