/** Where the types of relationships begin (ECMA-376 part 1, 15; part 2, 9.3). */
export const officeRelations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
export const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';
