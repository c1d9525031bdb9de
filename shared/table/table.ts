// The neutral table that every viewer shows, wherever its bytes come from. Values keep every digit: what a JSON number
// cannot hold is a string of digits, and the column's type says how to read it.

/** A Spark type as a tree. `name` of a scalar is Spark's simple form: `bigint`, `decimal(10,2)`, `timestamp_ntz`. */
export type ColumnType =
  | { readonly kind: 'scalar'; readonly name: string; readonly family: ScalarFamily }
  | { readonly kind: 'array'; readonly element: ColumnType }
  | { readonly kind: 'map'; readonly key: ColumnType; readonly value: ColumnType }
  | { readonly kind: 'struct'; readonly fields: readonly StructField[] };

/** How a scalar is shown: numbers stand to the right, binary in hexadecimal digits. */
export type ScalarFamily = 'number' | 'boolean' | 'text' | 'time' | 'binary';

export interface StructField {
  readonly name: string;
  readonly type: ColumnType;
}

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** The value comes from the folder name (`dt=2024-01-01`), not from the file. */
  readonly partition: boolean;
}

/**
 * One value, as plain JSON. Scalars: a boolean; a number where it is exact; otherwise text: digits of 64-bit integers
 * beyond 2^53, decimals, `NaN` and infinities, ISO 8601 dates and timestamps (`Z` marks an instant), hexadecimal bytes.
 * Arrays are lists of cells, structs lists of cells in the order of the fields, maps lists of `[key, value]`.
 */
export type Cell = null | boolean | number | string | readonly Cell[];

/** The cells of consecutive rows, row by row, each in the order of the columns asked for. */
export interface RowBlock {
  readonly start: number;
  readonly rows: readonly (readonly Cell[])[];
}

/** What the table was read from, for people. */
export interface TableOrigin {
  readonly kind: 'file' | 'folder';
  readonly files: number;
  readonly bytes: number;
  /** The program that wrote it, as the (first) file says. */
  readonly writer: string | undefined;
  /** Compression codecs of the (first) file, in order of appearance: `SNAPPY`, `ZSTD`. */
  readonly codecs: readonly string[];
  /** For folders: whether Spark's `_SUCCESS` marker is there. */
  readonly success: boolean | undefined;
  /** For folders: files that are not part of the table, such as a stray text file beside parquet files. */
  readonly ignored: readonly string[];
  /** Parquet when left out. */
  readonly format?: 'parquet' | 'csv';
  /** For folders of Featureform's dated runs: all of them, the newest first. */
  readonly runs?: readonly TableRun[];
  /** For folders whose parts differ: one with other columns than the first, or, of CSV, than the one whose header counts. */
  readonly differing?: { readonly first: string; readonly other: string };
  /** Of an Iceberg table: which state of it is shown. */
  readonly snapshot?: TableSnapshot;
}

export interface TableSnapshot {
  /** Undefined as long as nothing was written. */
  readonly id: string | undefined;
  /** When it was committed: `2024-05-06T07:08:09.123Z`. */
  readonly time: string | undefined;
  /** The file of the folder that calls it current. */
  readonly metadata: string;
  /** Whether the folder itself says that this file is current; otherwise only the table's catalog knows. */
  readonly isNamed: boolean;
  /** Rows of its data files that are left out. */
  readonly deletedRows: number;
}

export interface TableRun {
  /** The name of its folder. */
  readonly name: string;
  /** When it was started, by the clock of the machine that ran it: `2024-05-06T07:08:09.123456`. */
  readonly time: string;
  /** None as long as nothing was written. */
  readonly files: number;
  /** The table has its rows. */
  readonly shown: boolean;
}

export interface Table {
  readonly columns: readonly Column[];
  readonly rowCount: number;
  readonly origin: TableOrigin;
  /** About so many bytes are held for it outside of the heap, whose limit does not count them; none where left out. */
  readonly heldBytes?: number;
  /**
   * Rows `start` (inclusive) to `end` (exclusive), cut to what exists; `columns` are indexes into `columns`, all of them
   * when left out. Reads only the row groups, pages and columns that hold them.
   */
  rows(start: number, end: number, columns?: readonly number[], options?: ReadOptions): Promise<RowBlock>;
  /**
   * The table in consecutive parts (row groups of its files, all rows together), with what is known of `columns` in each
   * without reading values or anything that was not read yet.
   */
  chunks(columns: readonly number[]): readonly TableChunk[];
  /** The chunk in smaller parts (pages), where the file has an index that tells more; otherwise the chunk alone. */
  narrow(chunk: TableChunk, columns: readonly number[], options?: ReadOptions): Promise<readonly TableChunk[]>;
}

export interface ReadOptions {
  /** Ends the reading at the next opportunity with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Rows `start` (inclusive) to `end` (exclusive). */
export interface TableChunk {
  readonly start: number;
  readonly end: number;
  /** By index of the column; none for columns of which nothing is known, nested ones among them. */
  readonly statistics: ReadonlyMap<number, ChunkStatistics>;
}

export interface ChunkStatistics {
  readonly nulls: number | undefined;
  /** No value is smaller, or greater; undefined when unknown. They need not be values: texts may be cut short. NaN is left out of account. */
  readonly min: Cell | undefined;
  readonly max: Cell | undefined;
  /** The bounds are those of other rows as well, which are deleted. */
  readonly wide?: true;
}

/** Spark's simple form of a type: `struct<a:int,b:array<string>>`. */
export function typeName(type: ColumnType): string {
  switch (type.kind) {
    case 'scalar':
      return type.name;
    case 'array':
      return `array<${typeName(type.element)}>`;
    case 'map':
      return `map<${typeName(type.key)},${typeName(type.value)}>`;
    case 'struct':
      return `struct<${type.fields.map(({ name, type: field }) => `${name}:${typeName(field)}`).join(',')}>`;
  }
}

/** A scalar type by its simple name; the family follows from the name. */
export function scalarType(name: string): ColumnType {
  return { kind: 'scalar', name, family: familyOf(name) };
}

function familyOf(name: string): ScalarFamily {
  if (/^(tinyint|smallint|int|bigint|float|double|decimal\b.*)$/.test(name)) return 'number';
  if (/^(date|time|timestamp(_ntz)?|interval\b.*)$/.test(name)) return 'time';
  if (name === 'boolean') return 'boolean';
  if (name === 'binary') return 'binary';
  return 'text';
}
