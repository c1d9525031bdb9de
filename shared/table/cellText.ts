// Cells as text for people and as JSON for programs.

import type { Cell, ColumnType } from './table';

/** A cell for a grid: null stays null; a text that was cut tells how long the rest is in `omitted` characters or more. */
export type CellText = string | null | { readonly text: string; readonly omitted: true };

/** The text of a cell, no longer than `limit` characters: texts as they are, nested values much like JSON. */
export function cellText(type: ColumnType, cell: Cell, limit: number): CellText {
  if (cell === null) return null;
  const writer = new TextWriter(limit);
  if (type.kind === 'scalar') writer.add(String(cell));
  else writeNested(writer, type, cell);
  return writer.finish();
}

/** The whole text of a cell over several lines, nested values indented: for reading one value at leisure. */
export function cellDocument(type: ColumnType, cell: Cell): string {
  if (cell === null) return 'null';
  return type.kind === 'scalar' ? String(cell) : JSON.stringify(cellJson(type, cell), undefined, 2);
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * A cell as JSON as Spark's `to_json` would shape it: structs and maps with textual keys are objects, other maps lists of
 * `{"key", "value"}`. What JSON numbers cannot hold stays text.
 */
export function cellJson(type: ColumnType, cell: Cell): Json {
  if (cell === null || type.kind === 'scalar' || !isList(cell)) return isList(cell) ? null : cell;
  switch (type.kind) {
    case 'array':
      return cell.map((item) => cellJson(type.element, item));
    case 'struct':
      return jsonObject(type.fields.map((field, index) => [field.name, cellJson(field.type, cell[index] ?? null)]));
    case 'map': {
      const entries = cell.map((entry) => mapEntry(entry));
      if (type.key.kind === 'scalar' && type.key.family !== 'number') {
        return jsonObject(entries.map(([key, value]) => [String(key), cellJson(type.value, value)]));
      }
      return entries.map(([key, value]) => ({ key: cellJson(type.key, key), value: cellJson(type.value, value) }));
    }
  }
}

/** An object with any keys, `__proto__` among them. */
function jsonObject(entries: readonly (readonly [string, Json])[]): Json {
  return Object.fromEntries(entries);
}

function isList(cell: Cell): cell is readonly Cell[] {
  return Array.isArray(cell);
}

function mapEntry(entry: Cell): readonly [Cell, Cell] {
  return isList(entry) ? [entry[0] ?? null, entry[1] ?? null] : [null, null];
}

function writeNested(writer: TextWriter, type: ColumnType, cell: Cell): void {
  if (cell === null) {
    writer.add('null');
    return;
  }
  if (type.kind === 'scalar' || !isList(cell)) {
    const quoted = type.kind === 'scalar' && (type.family === 'text' || type.family === 'time');
    writer.add(quoted ? JSON.stringify(cell) : String(cell));
    return;
  }
  switch (type.kind) {
    case 'array':
      writeItems(writer, '[]', cell, (item) => {
        writeNested(writer, type.element, item);
      });
      return;
    case 'struct':
      writeItems(writer, '{}', type.fields, ({ name, type: field }, index) => {
        writer.add(`${name}: `);
        writeNested(writer, field, cell[index] ?? null);
      });
      return;
    case 'map':
      writeItems(writer, '{}', cell, (entry) => {
        const [key, value] = mapEntry(entry);
        writeNested(writer, type.key, key);
        writer.add(' → ');
        writeNested(writer, type.value, value);
      });
  }
}

function writeItems<Item>(writer: TextWriter, brackets: string, items: readonly Item[], write: (item: Item, index: number) => void): void {
  writer.add(brackets.charAt(0));
  for (const [index, item] of items.entries()) {
    if (writer.isFull) return;
    if (index > 0) writer.add(', ');
    write(item, index);
  }
  writer.add(brackets.charAt(1));
}

/** Collects text up to a limit, so that a value of a million elements costs no more than what is shown of it. */
class TextWriter {
  private text = '';

  constructor(private readonly limit: number) {}

  get isFull(): boolean {
    return this.text.length > this.limit;
  }

  add(text: string): void {
    if (!this.isFull) this.text += text.length > this.limit + 1 ? text.slice(0, this.limit + 1) : text;
  }

  finish(): CellText {
    if (!this.isFull) return this.text;
    // A surrogate pair is not cut in half.
    const end = /[\uD800-\uDBFF]/.test(this.text.charAt(this.limit - 1)) ? this.limit - 1 : this.limit;
    return { text: this.text.slice(0, end), omitted: true };
  }
}
