// DuckDB in this process: what it reads of a parquet file, and files that it writes.

import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBInstance,
  DuckDBIntervalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeTZValue,
  DuckDBTimeValue,
  type DuckDBConnection,
  type DuckDBValue,
} from '@duckdb/node-api';
import { numberText, type Plain, type PlainTable } from './plainTable';

export class DuckDb {
  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
  ) {}

  /** Without files of its own, and with one thread, so that what it writes is the same each time. */
  static async open(): Promise<DuckDb> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    return new DuckDb(instance, await instance.connect());
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }

  async run(sql: string): Promise<void> {
    await this.connection.run(sql);
  }

  /** All of a parquet file, in its order. Rejects with DuckDB's reason where it refuses the file. */
  async read(path: string): Promise<PlainTable> {
    const result = await this.connection.runAndReadAll(`FROM read_parquet('${path.replaceAll("'", "''")}', hive_partitioning = false)`);
    return { columns: result.columnNames(), rows: result.getRows().map((row) => row.map(plainValue)) };
  }
}

function plainValue(value: DuckDBValue): Plain {
  if (value === null) return null;
  if (typeof value === 'number') return numberText(value);
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items.map(plainValue);
  if (value instanceof DuckDBStructValue) return Object.values(value.entries).map(plainValue);
  if (value instanceof DuckDBMapValue) return value.entries.map(({ key, value: item }) => [plainValue(key), plainValue(item)]);
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString('hex').toUpperCase();
  if (value instanceof DuckDBIntervalValue) return `${value.months} months ${value.days} days ${value.micros / 1000n} milliseconds`;
  if (value instanceof DuckDBTimeTZValue) return new DuckDBTimeValue(value.micros).toString();
  // Its own text has the offset of the machine's time zone.
  if (value instanceof DuckDBTimestampTZValue) return momentText(new DuckDBTimestampValue(value.micros));
  return isMoment(value) ? momentText(value) : String(value);
}

type Moment =
  DuckDBDateValue | DuckDBTimestampValue | DuckDBTimestampSecondsValue | DuckDBTimestampMillisecondsValue | DuckDBTimestampNanosecondsValue;

function isMoment(value: DuckDBValue): value is Moment {
  return (
    value instanceof DuckDBDateValue ||
    value instanceof DuckDBTimestampValue ||
    value instanceof DuckDBTimestampSecondsValue ||
    value instanceof DuckDBTimestampMillisecondsValue ||
    value instanceof DuckDBTimestampNanosecondsValue
  );
}

/** `0044-03-15 (BC) 12:00:00` as ISO 8601 has it: `-0043-03-15T12:00:00`. */
function momentText(value: Moment): string {
  const parts = /^(\d+)(-\d\d-\d\d)( \(BC\))?(?: (\S+))?$/.exec(value.toString());
  if (!parts) return value.toString();
  const [, digits = '', day = '', isBefore, time] = parts;
  const year = isBefore === undefined ? Number(digits) : 1 - Number(digits);
  const size = Math.abs(year).toString().padStart(4, '0');
  const sign = year < 0 ? '-' : year > 9999 ? '+' : '';
  return `${sign}${size}${day}${time === undefined ? '' : `T${time}`}`;
}
