// Parquet as we write it, judged by the local Spark: it reads the same types and rows from it as from the table that was
// exported, and loses no row by the bounds in its footer.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { typeName } from '../../shared/table/table';
import { TableReaderClient } from '../../shared/tableReader/tableReaderClient';
import { builtFile } from '../support/builtFile';
import { sparkReads, type SparkRequest, type Truth } from './sparkReads';
import { writeSparkTables, type SparkCount, type SparkTables } from './sparkTables';

const corpus = join(import.meta.dirname, '..', 'tables');
/** The rows of a folder have one order here, and for Spark that of the sizes of its files. */
const folders = ['merged', 'parts', 'partitioned', 'empty-folder'];
/** Which Spark does not read. */
const refused = ['bytes', 'decimals', 'keys', 'names', 'split', 'times'].map((name) => `foreign-${name}`);
const names = readdirSync(corpus)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length))
  .filter((name) => !folders.includes(name) && !refused.includes(name));
/** How the random tables were packed makes no difference here; what their timestamps were kept as does. */
const judged = ['snappy', 'uncompressed-int96'] as const;
const counted = ['snappy'] as const;

let scratch: string;
let random: SparkTables;
const truths = new Map<string, Truth>();

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'sparkform-writer-'));
  random = await writeSparkTables();
  const client = new TableReaderClient({ script: builtFile('tableReader.js') });
  const requests: { readonly label: string; readonly request: SparkRequest }[] = [];
  const ask = async (name: string, path: string): Promise<void> => {
    const table = await client.open(path);
    const written = join(scratch, `${name}.parquet`);
    await table.exportRows({ path: written, format: 'parquet', columns: [...table.columns.keys()], query: undefined });
    const options = { mergeSchema: 'true' };
    requests.push({ label: `${name} before`, request: { format: 'parquet', path, options } });
    requests.push({ label: `${name} written`, request: { format: 'parquet', path: written } });
    if (!counted.some((one) => one === name)) return;
    const types = new Map(table.columns.map((column) => [column.name, typeName(column.type)]));
    const counts = countsOf(random, name).map((count, index) => {
      const test = condition(count, types.get(count.column) ?? '');
      return `SELECT ${index} AS i, count(*) AS n FROM parquet.\`${written}\` WHERE ${test}`;
    });
    const query = `SELECT n FROM (${counts.join(' UNION ALL ')}) ORDER BY i`;
    requests.push({ label: `${name} counts`, request: { format: 'sql', queries: [query], path: join(scratch, `${name}-counts`) } });
  };
  try {
    for (const name of [...names, ...folders]) await ask(name, join(corpus, `${name}.parquet`));
    for (const name of judged) await ask(name, random.path(name));
  } finally {
    client.dispose();
  }
  const answers = await sparkReads(requests.map(({ request }) => request));
  for (const [index, { label }] of requests.entries()) if (answers[index]) truths.set(label, answers[index]);
}, 900_000);
afterAll(() => {
  random.dispose();
  rmSync(scratch, { recursive: true });
});

/** Each is a query of Spark's: some of them, of tables with all types. */
function countsOf(tables: SparkTables, name: string): readonly SparkCount[] {
  const found = counted.find((one) => one === name);
  return found === undefined ? [] : tables.truth(found).counts.filter((_, index) => index % 4 === 0);
}

function condition({ column, operator, value }: SparkCount, type: string): string {
  const name = `\`${column}\``;
  if (operator === 'null' || value === null) return `${name} IS NULL`;
  return `${name} ${operator} ${type === 'binary' ? `X'${value}'` : `CAST('${value}' AS ${type})`}`;
}

describe('Spark', () => {
  it.each(names)('reads %s as it was', (name) => {
    expect(truths.get(`${name} written`)?.error).toBeUndefined();
    expect(truths.get(`${name} written`)).toEqual(truths.get(`${name} before`));
  });

  it.each(folders)('reads the folder %s, written into one file, as it was', (name) => {
    const [before, written] = [truths.get(`${name} before`), truths.get(`${name} written`)];
    expect(written?.columns).toEqual(before?.columns);
    const sorted = (truth: Truth | undefined): readonly string[] => (truth?.rows ?? []).map((row) => JSON.stringify(row)).toSorted();
    expect(sorted(written)).toEqual(sorted(before));
  });

  it.each(judged)('reads %s of random values as it was', (name) => {
    expect(truths.get(`${name} written`)?.error).toBeUndefined();
    expect(truths.get(`${name} written`)).toEqual(truths.get(`${name} before`));
  });

  it.each(counted)('finds the rows of %s that it looks for', (name) => {
    const counts = truths.get(`${name} counts`);
    expect(counts?.error).toBeUndefined();
    expect(counts?.rows.map(([count]) => Number(count))).toEqual(countsOf(random, name).map(({ count }) => count));
  });
});
