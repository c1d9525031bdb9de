// The columns of parts that were not all written alike, by name, as Spark merges their schemas (`mergeSchema`): what a part
// lacks is null there; fields of structs are merged likewise. Where Spark would refuse, the reason is told.

import { intervalConversion, widerInterval } from './mergedIntervals';
import { typeName, type Cell, type Column, type ColumnType, type StructField } from './table';

export interface PartColumns {
  readonly path: string;
  readonly columns: readonly Column[];
}

/** Where a part keeps a merged column. */
export interface ColumnPlace {
  readonly index: number;
  /** The part's cell as one of the merged type; undefined where they are the same. */
  readonly convert: ((cell: Cell) => Cell) | undefined;
}

export type MergedColumns =
  | {
      readonly kind: 'merged';
      readonly columns: readonly Column[];
      /** By part, by column; undefined where the part lacks the column. Parts that are alike share one list. */
      readonly places: readonly (readonly (ColumnPlace | undefined)[])[];
      /** The first part whose columns are not those of the first one, whatever their order. */
      readonly differing: string | undefined;
    }
  | { readonly kind: 'refused'; readonly reason: string };

export function mergeColumns(parts: readonly PartColumns[]): MergedColumns {
  const kinds = new Map<string, PartColumns>();
  // Parts that are described alike have one list of columns.
  const keyOf = new Map<readonly Column[], string>();
  const keys = parts.map((part) => {
    const key = keyOf.get(part.columns) ?? JSON.stringify(part.columns.map(({ name, type }) => [name, type]));
    keyOf.set(part.columns, key);
    if (!kinds.has(key)) kinds.set(key, part);
    return key;
  });
  const [first, ...others] = kinds.values();
  if (!first) return { kind: 'merged', columns: [], places: [], differing: undefined };
  let columns = first.columns;
  for (const [index, part] of others.entries()) {
    const merged = mergePart(columns, part, [first, ...others.slice(0, index)]);
    if (typeof merged === 'string') return { kind: 'refused', reason: merged };
    columns = merged;
  }
  const places = new Map([...kinds].map(([key, part]) => [key, others.length === 0 ? ownPlaces(part) : placesIn(part, columns)]));
  const differing = others.find((part) => !haveSameColumns(part, first));
  const nullable = (index: number): boolean => [...places.values()].some((list) => list[index] === undefined);
  return {
    kind: 'merged',
    columns: columns.map((column, index) => (nullable(index) ? { ...column, nullable: true } : column)),
    places: keys.map((key) => places.get(key) ?? []),
    differing: differing?.path,
  };
}

/** Spark does not tell `Id` from `id`. */
function plainName(name: string): string {
  return name.toLowerCase();
}

function haveSameColumns(a: PartColumns, b: PartColumns): boolean {
  const isIn = ({ name, type }: Column): boolean =>
    b.columns.some((other) => plainName(other.name) === plainName(name) && sameType(other.type, type));
  return a.columns.length === b.columns.length && a.columns.every(isIn);
}

function sameType(a: ColumnType, b: ColumnType): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function ownPlaces({ columns }: PartColumns): readonly ColumnPlace[] {
  return columns.map((_, index) => ({ index, convert: undefined }));
}

function placesIn(part: PartColumns, columns: readonly Column[]): readonly (ColumnPlace | undefined)[] {
  const indexes = new Map(part.columns.map(({ name }, index) => [plainName(name), index]));
  return columns.map(({ name, type }) => {
    const index = indexes.get(plainName(name));
    const own = index === undefined ? undefined : part.columns[index];
    return index === undefined || !own ? undefined : { index, convert: conversion(own.type, type) };
  });
}

/** The columns with those of one more part behind them, or the reason why that is impossible. */
function mergePart(columns: readonly Column[], part: PartColumns, before: readonly PartColumns[]): readonly Column[] | string {
  for (const { path, columns: own } of [part, ...before]) {
    const twice = repeated(own.map(({ name }) => plainName(name)));
    if (twice !== undefined) return `${path} has the column "${twice}" twice, so that columns cannot be matched by name`;
  }
  const merged = [...columns];
  for (const column of part.columns) {
    const index = merged.findIndex(({ name }) => plainName(name) === plainName(column.name));
    const same = merged[index];
    if (!same) {
      merged.push(column);
      continue;
    }
    const type = mergeTypes(same.type, column.type, [same.name]);
    if (type.kind === 'refused') return conflictReason(type, column, part, before);
    merged[index] = { ...same, type: type.type, nullable: same.nullable || column.nullable };
  }
  return merged;
}

function repeated(texts: readonly string[]): string | undefined {
  return texts.find((text, index) => texts.indexOf(text) !== index);
}

type MergedType = { readonly kind: 'merged'; readonly type: ColumnType } | Conflict;

interface Conflict {
  readonly kind: 'refused';
  readonly path: readonly string[];
  readonly left: ColumnType;
  readonly right: ColumnType;
  /** What is wrong when it is not that the types differ. */
  readonly reason?: string;
}

/** The sentence names the file that the part truly disagrees with: merged types have fields of several. */
function conflictReason(found: Conflict, column: Column, part: PartColumns, before: readonly PartColumns[]): string {
  for (const other of before) {
    const own = other.columns.find(({ name }) => plainName(name) === plainName(column.name));
    const conflict = own && mergeTypes(own.type, column.type, [own.name]);
    if (conflict?.kind === 'refused') return conflictText(conflict, other.path, part.path);
  }
  return conflictText(found, before[0]?.path ?? '', part.path);
}

function conflictText({ path, left, right, reason }: Conflict, first: string, second: string): string {
  const name = `column "${path.join('.')}"`;
  if (reason !== undefined) return `${name} ${reason}, in ${first} and ${second}`;
  return `${name} is ${typeName(left)} in ${first} and ${typeName(right)} in ${second}, and Spark does not merge these types`;
}

function mergeTypes(left: ColumnType, right: ColumnType, path: readonly string[]): MergedType {
  if (left.kind === 'array' && right.kind === 'array') {
    const element = mergeTypes(left.element, right.element, [...path, 'element']);
    return element.kind === 'refused' ? element : { kind: 'merged', type: { kind: 'array', element: element.type } };
  }
  if (left.kind === 'map' && right.kind === 'map') {
    const key = mergeTypes(left.key, right.key, [...path, 'key']);
    if (key.kind === 'refused') return key;
    const value = mergeTypes(left.value, right.value, [...path, 'value']);
    return value.kind === 'refused' ? value : { kind: 'merged', type: { kind: 'map', key: key.type, value: value.type } };
  }
  if (left.kind === 'struct' && right.kind === 'struct') return mergeStructs(left.fields, right.fields, path);
  if (left.kind === 'scalar' && right.kind === 'scalar') {
    if (left.name === right.name) return { kind: 'merged', type: left };
    const wider = widerDecimal(left.name, right.name) ?? widerInterval(left.name, right.name);
    if (wider !== undefined) return { kind: 'merged', type: { ...left, name: wider } };
  }
  return { kind: 'refused', path, left, right };
}

function mergeStructs(left: readonly StructField[], right: readonly StructField[], path: readonly string[]): MergedType {
  const fields = [...left];
  for (const field of right) {
    const index = fields.findIndex(({ name }) => name === field.name);
    const same = fields[index];
    if (!same) {
      fields.push(field);
      continue;
    }
    const type = mergeTypes(same.type, field.type, [...path, field.name]);
    if (type.kind === 'refused') return type;
    fields[index] = { name: same.name, type: type.type };
  }
  const twice = repeated(fields.map(({ name }) => plainName(name)));
  const types = { left: { kind: 'struct', fields: left }, right: { kind: 'struct', fields: right } } as const;
  if (twice !== undefined) return { kind: 'refused', path, ...types, reason: `has fields that differ only in the case of "${twice}"` };
  return { kind: 'merged', type: { kind: 'struct', fields } };
}

/** Spark widens decimals of one scale and intervals, no other scalar. */
function widerDecimal(left: string, right: string): string | undefined {
  const pattern = /^decimal\((\d+),(-?\d+)\)$/;
  const [a, b] = [pattern.exec(left), pattern.exec(right)];
  if (!a || !b || a[2] !== b[2]) return undefined;
  return Number(a[1]) > Number(b[1]) ? left : right;
}

/** From cells of the one type to cells of the merged one, which has all its fields. */
function conversion(own: ColumnType, merged: ColumnType): ((cell: Cell) => Cell) | undefined {
  if (sameType(own, merged)) return undefined;
  if (own.kind === 'array' && merged.kind === 'array') {
    const element = conversion(own.element, merged.element);
    return element && ((cell) => (isList(cell) ? cell.map(element) : cell));
  }
  if (own.kind === 'map' && merged.kind === 'map') {
    const [key, value] = [conversion(own.key, merged.key), conversion(own.value, merged.value)];
    if (!key && !value) return undefined;
    const entry = (cell: Cell): Cell => {
      if (!isList(cell)) return cell;
      const [itsKey = null, itsValue = null] = cell;
      return [key ? key(itsKey) : itsKey, value ? value(itsValue) : itsValue];
    };
    return (cell) => (isList(cell) ? cell.map(entry) : cell);
  }
  if (own.kind === 'struct' && merged.kind === 'struct') {
    const places = merged.fields.map(({ name, type }) => {
      const index = own.fields.findIndex((field) => field.name === name);
      const field = own.fields[index];
      return field && { index, convert: conversion(field.type, type) };
    });
    return (cell) => {
      if (!isList(cell)) return cell;
      return places.map((place) => {
        if (!place) return null;
        const value = cell[place.index] ?? null;
        return place.convert ? place.convert(value) : value;
      });
    };
  }
  // Decimals of one scale are written alike.
  if (own.kind !== 'scalar' || merged.kind !== 'scalar' || !own.name.startsWith('interval')) return undefined;
  return intervalConversion(own.name, merged.name);
}

function isList(cell: Cell): cell is readonly Cell[] {
  return Array.isArray(cell);
}
