// Fails where two files of src/ export the same name: one name means one thing.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const folder = fileURLToPath(new URL('../src', import.meta.url));
const placesOf = new Map();
for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
)) {
  for (const name of exportedNames(file)) placesOf.set(name, [...(placesOf.get(name) ?? []), `src/${file}`]);
}
const twice = [...placesOf].filter(([, places]) => places.length > 1);
for (const [name, places] of twice)
  process.stderr.write(`${name} is exported by ${places.sort().join(' and ')}\n`);
process.stdout.write(`${placesOf.size} exported names, ${twice.length} of them twice\n`);
process.exitCode = twice.length === 0 ? 0 : 1;

/** A constant and the type of the same name in one file are one name. */
function exportedNames(file) {
  const source = ts.createSourceFile(file, readFileSync(join(folder, file), 'utf8'), ts.ScriptTarget.Latest);
  const names = source.statements
    .filter(({ modifiers }) => modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
    .flatMap((statement) =>
      ts.isVariableStatement(statement) ? statement.declarationList.declarations : [statement],
    )
    .map(({ name }) => name.text);
  return new Set(names);
}
