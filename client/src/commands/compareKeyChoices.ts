// Which columns can be the key of a comparison, and which were chosen before. Pure.

import { cellOrder } from '../../../shared/table/query/cellOrder';
import { typeName, type Column } from '../../../shared/table/table';

export interface KeyColumn {
  readonly name: string;
  readonly type: string;
}

/** The newest choice first. */
export type RememberedKeys = readonly { readonly target: string; readonly key: readonly string[] }[];

/** So many choices are kept. */
const keptChoices = 100;

/** The columns that all tables have with the same type, and whose values can be told apart. */
export function keyColumns(tables: readonly (readonly Column[])[]): readonly KeyColumn[] {
  const [first = [], ...others] = tables;
  return first
    .filter(({ type }) => cellOrder(type) !== undefined)
    .map(({ name, type }) => ({ name, type: typeName(type) }))
    .filter(({ name, type }) => others.every((columns) => columns.some((one) => one.name === name && typeName(one.type) === type)));
}

/** The columns of the last choice, in its order, as far as they are still there, and all others. */
export function keyChoices(
  candidates: readonly KeyColumn[],
  remembered: RememberedKeys,
  target: string,
): { readonly last: readonly KeyColumn[]; readonly others: readonly KeyColumn[] } {
  const key = remembered.find((one) => one.target === target)?.key ?? [];
  const last = key.flatMap((name) => candidates.find((column) => column.name === name) ?? []);
  return { last, others: candidates.filter((column) => !last.includes(column)) };
}

export function rememberKey(remembered: RememberedKeys, target: string, key: readonly string[]): RememberedKeys {
  return [{ target, key }, ...remembered.filter((one) => one.target !== target)].slice(0, keptChoices);
}
