// The names that a query gives itself (queries of WITH, aliases, windows, parameters of lambdas): which one is under the cursor, and
// where it stands.

import type { NameTable, SqlSymbol } from '../sql/nameTable';
import { treeOf } from '../sql/treeOf';
import { resolveNames } from '../sql/scopes';
import type { Name, SqlTree } from '../sql/syntaxTree';
import type { Location } from '../text/span';
import type { MappedText } from '../text/mappedText';
import type { FileSnapshot } from '../workspace/snapshot';
import { sqlTextAt } from './sqlTextAt';

export interface SqlNameTarget {
  readonly text: MappedText;
  readonly tree: SqlTree;
  readonly names: NameTable;
  /** The one under the cursor: the definition or a use. */
  readonly name: Name;
  readonly symbol: SqlSymbol;
}

export function sqlNameAt(file: FileSnapshot, offset: number): SqlNameTarget | undefined {
  const place = sqlTextAt(file, offset);
  if (place === undefined) return undefined;
  const tree = treeOf(place.text.value);
  const names = resolveNames(tree);
  const found = names.at(place.offset);
  return found === undefined ? undefined : { text: place.text, tree, names, ...found };
}

/** Every place of a symbol, its definition first, where each was written. */
export function placesOf({ text, symbol }: SqlNameTarget): readonly (Location & { readonly declaration: boolean })[] {
  return [symbol.name, ...symbol.references].flatMap((name) => {
    const location = text.sourceLocation(name.span);
    return location === undefined ? [] : [{ ...location, declaration: name === symbol.name }];
  });
}

export const symbolWords: Readonly<Record<SqlSymbol['kind'], string>> = {
  cte: 'query of WITH',
  relation: 'alias of a relation',
  column: 'column',
  window: 'window',
  parameter: 'parameter of a lambda function',
};
