// Columns of every type that DuckDB writes to parquet files, made of the number of the row.

export interface DuckDbColumn {
  readonly name: string;
  /** An expression of `i`. */
  readonly value: string;
  /** What Spark calls the type that the file has. */
  readonly type: string;
}

/** Not finite, or of the other zero. */
const floats = "WHEN 0 THEN 'nan' WHEN 1 THEN 'inf' WHEN 2 THEN '-inf' WHEN 3 THEN '-0.0'";
/** From the year 1 to the end of 9999, in microseconds. */
const moment = 'make_timestamp(-62135596800000000 + (hash(i) % 315537897599999999)::BIGINT)';

export const duckDbColumns: readonly DuckDbColumn[] = [
  { name: 'flag', value: 'i % 3 = 0', type: 'boolean' },
  { name: 'tiny', value: '(i * 7919 % 256 - 128)::TINYINT', type: 'tinyint' },
  { name: 'small', value: '(i * 7919 % 65536 - 32768)::SMALLINT', type: 'smallint' },
  { name: 'whole', value: '(i * 1103515245 % 4294967296 - 2147483648)::INTEGER', type: 'int' },
  { name: 'long', value: '(hash(i)::HUGEINT - 9223372036854775808)::BIGINT', type: 'bigint' },
  { name: 'unsigned_tiny', value: '(i % 256)::UTINYINT', type: 'smallint' },
  { name: 'unsigned_small', value: '(i * 7919 % 65536)::USMALLINT', type: 'int' },
  // Row groups begin with numbers that 32 bits with a sign do not hold.
  { name: 'unsigned_whole', value: '(4294967295 - i * i * 101)::UINTEGER', type: 'bigint' },
  { name: 'unsigned_long', value: 'hash(i)', type: 'decimal(20,0)' },
  { name: 'sequence', value: 'i', type: 'bigint' },
  // DuckDB writes them as doubles.
  { name: 'huge', value: 'hash(i)::HUGEINT * 1000000007 - 5', type: 'double' },
  { name: 'unsigned_huge', value: 'hash(i)::UHUGEINT', type: 'double' },
  { name: 'single', value: `CASE i % 9 ${floats} ELSE (i / 7)::VARCHAR END::FLOAT`, type: 'float' },
  { name: 'double', value: `CASE i % 9 ${floats} ELSE (i / 7 - 99)::VARCHAR END::DOUBLE`, type: 'double' },
  { name: 'decimal_4', value: '((i * 7919 % 19999 - 9999) / 10)::DECIMAL(4,1)', type: 'decimal(4,1)' },
  { name: 'decimal_9', value: '(((hash(i) % 19999999)::BIGINT - 9999999) / 100)::DECIMAL(9,2)', type: 'decimal(9,2)' },
  { name: 'decimal_18', value: '((hash(i) % 999999999999)::BIGINT * (i % 2 * 2 - 1))::DECIMAL(18,6)', type: 'decimal(18,6)' },
  { name: 'decimal_38', value: '(hash(i)::DECIMAL(38,10) * (i % 2 * 2 - 1))::DECIMAL(38,10)', type: 'decimal(38,10)' },
  {
    name: 'whole_38',
    value: "CASE WHEN i % 2 = 0 THEN repeat('9', 38) ELSE '-' || repeat('9', 38) END::DECIMAL(38,0)",
    type: 'decimal(38,0)',
  },
  {
    name: 'text',
    value: "CASE i % 5 WHEN 0 THEN '' WHEN 1 THEN 'ä😀' || i WHEN 2 THEN repeat('long ', 30) || i ELSE 'same' END",
    type: 'string',
  },
  { name: 'few', value: "'value ' || (i % 5)", type: 'string' },
  { name: 'constant', value: "'constant'", type: 'string' },
  { name: 'mood', value: "(['sad', 'ok', 'happy'][i % 3 + 1])::mood", type: 'string' },
  { name: 'bits', value: '(i % 256)::INTEGER::BIT', type: 'string' },
  { name: 'document', value: `('{"a": ' || i || '}')::JSON`, type: 'string' },
  { name: 'digits', value: "(hash(i)::VARCHAR || '000')::BIGNUM", type: 'string' },
  { name: 'uuid', value: 'md5(i::VARCHAR)::UUID', type: 'string' },
  { name: 'bytes', value: "unhex(lpad(hex(hash(i)), 16, '0'))", type: 'binary' },
  { name: 'day', value: "DATE '0001-01-01' + (i * 7919 % 3652058)::INTEGER", type: 'date' },
  { name: 'ancient', value: "DATE '1582-10-15' - (i * 300)::INTEGER", type: 'date' },
  { name: 'clock', value: "TIME '00:00:00' + to_microseconds((hash(i) % 86400000000)::BIGINT)", type: 'time' },
  { name: 'clock_utc', value: "(TIME '00:00:00' + to_microseconds((hash(i) % 86400000000)::BIGINT))::TIMETZ", type: 'time' },
  { name: 'moment', value: moment, type: 'timestamp_ntz' },
  { name: 'second', value: `${moment}::TIMESTAMP_S`, type: 'timestamp_ntz' },
  { name: 'millis', value: `${moment}::TIMESTAMP_MS`, type: 'timestamp_ntz' },
  {
    name: 'nanos',
    value: 'make_timestamp_ns((hash(i)::HUGEINT % 9000000000000000000 - 4500000000000000000)::BIGINT)',
    type: 'timestamp_ntz',
  },
  { name: 'instant', value: `${moment}::TIMESTAMPTZ`, type: 'timestamp' },
  { name: 'span', value: 'to_months((i % 1200)::INTEGER) + to_days((i % 400)::INTEGER) + to_milliseconds(i * 12345)', type: 'interval' },
  { name: 'nothing', value: 'NULL::INTEGER', type: 'int' },
  { name: 'list', value: '[x + i for x in range(0, i % 4)]', type: 'array<bigint>' },
  { name: 'unsigned_list', value: '[4294967295 - i, i * 7919]::UINTEGER[]', type: 'array<bigint>' },
  { name: 'lists', value: '[CASE WHEN x = 1 THEN NULL ELSE range(0, x) END for x in range(0, i % 4)]', type: 'array<array<bigint>>' },
  {
    name: 'struct',
    value: "{'x': i, 'y': CASE WHEN i % 4 = 0 THEN NULL ELSE 'y' || i END, 'z': {'d': (i / 100)::DECIMAL(20,2)}}",
    type: 'struct<x:bigint,y:string,z:struct<d:decimal(20,2)>>',
  },
  { name: 'map', value: "MAP {'k' || i: i, 'other': NULL}", type: 'map<string,bigint>' },
  {
    name: 'deep',
    value: "[{'m': MAP {i % 9: [{'t': make_timestamp(i * 1000003)}]}}]",
    type: 'array<struct<m:map<bigint,array<struct<t:timestamp_ntz>>>>>',
  },
];

/** Every eleventh row of each column is null, if there are nulls. */
export function selectRows(count: number, nulls: boolean): string {
  const values = duckDbColumns.map(
    ({ name, value }) => `${nulls ? `CASE WHEN i % 11 = 5 THEN NULL ELSE ${value} END` : value} AS "${name}"`,
  );
  return `SELECT ${values.join(', ')} FROM range(0, ${count}) rows(i)`;
}
