// CSV, judged by the local Spark: thousands of lines by their values, hundreds of small files by their columns and rows.
// They are the same in every run; SPARKFORM_CSV_FILES asks for more files, SPARKFORM_SEED for others.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCsvLine } from '../../shared/table/csvRecord';
import { typeName } from '../../shared/table/table';
import { openLocal } from '../../shared/tableReader/localFiles';
import { TableProblem } from '../../shared/table/tableProblem';
import { randomNumbers } from './randomNumbers';
import { sparkReads, type Truth } from './sparkReads';

const seed = Number(process.env['SPARKFORM_SEED'] ?? 1);
const random = randomNumbers(seed);
const pick = <Item>(items: readonly Item[]): Item => {
  const item = items[random(items.length)];
  if (item === undefined) throw new Error('nothing to pick');
  return item;
};

const lineCount = 4000;
const width = 14;
const pieces = ['a', 'b', ',', '"', '\\', ' ', '"', '\\', ',', '\t', 'x y', 'ä', '""', '\\"', '","', '😀', '\u0000', '\u0001', "'", ';'];
const oddLines = [
  '"',
  'a,"',
  '"abc',
  '"abc\\',
  '"a""b"',
  '"a"b,c',
  '"a" ,b',
  '"a" b,c',
  '"a"\\,b',
  '"a"\\b,c,d',
  '""',
  '\\"a\\",b',
  '\u0000',
];

function randomLine(): string {
  return Array.from({ length: 1 + random(12) }, () => pick(pieces)).join('');
}

function lines(): readonly string[] {
  const made = Array.from({ length: lineCount }, randomLine).filter((line) => line.trim() !== '' && /[^\0- ]/.test(line));
  return [...oddLines, ...made];
}

type CsvFolder = Readonly<Record<string, Uint8Array>>;

/** Files by hand: each shows one thing. */
const files: Readonly<Record<string, string | Uint8Array | Readonly<Record<string, string>>>> = {
  plain: 'id,name\n1,a\n2,"b, c"\n3,\n',
  'no rows': 'id,name\n',
  'no lines': '',
  'blank lines only': '\n  \n\t\n',
  'tabs before the header': '\t\n  \nid,name\n1,a\n',
  'blank lines before the header': '\n \nid,name\n\n1,a\n   \n2,b',
  'windows ends': 'id,name\r\n1,a\r\n\r\n2,b\r\n',
  'old ends': 'id,name\r1,a\r2,b',
  'mixed ends': 'id,name\n\r1,a\r\r\n2,b\n\n\r',
  mark: '\ufeffid,name\n1,a\n',
  'mark in the middle': 'id,name\n\ufeff1,a\n2,\ufeffb\n',
  'mark and quote': '\ufeff"id","name"\n1,a\n',
  'names twice': 'a,b,A,c,b\n1,2,3,4,5\n',
  'names missing': 'a,,"",c,\n1,2,3,4,5\n',
  'names twice even then': 'a,a,a0\n1,2,3\n',
  'names with blanks': ' a ,b\t,"c d"\n1, 2 ,"3 "\n',
  'odd names': 'a.b,`c`,a b,ä😀,"x""y"\n1,2,3,4,5\n',
  ragged: 'a,b,c\n1\n1,2\n1,2,3,4,5\n,,\n"",,\n',
  'a value over lines': 'a,b\n1,"first\nsecond"\n3,4\n',
  'a value over lines, with windows ends': 'a,b\r\n1,"first\r\nsecond"\r\n3,4\r\n',
  'one column': 'a\n1\n""\n" "\n \n2\n',
  'no utf-8': Uint8Array.of(
    0x61,
    0x2c,
    0x62,
    10,
    0xe4,
    0x2c,
    0xff,
    0xfe,
    0x31,
    10,
    0xc3,
    0x28,
    0x2c,
    0xe2,
    0x82,
    10,
    0xf0,
    0x9f,
    0x98,
    0x2c,
    0x80,
  ),
  surrogates: Uint8Array.of(
    0x61,
    10,
    0xed,
    0xa0,
    0x80,
    10,
    0x78,
    0xed,
    0xbf,
    0xbf,
    0x79,
    10,
    0xf5,
    0x80,
    0x80,
    0x80,
    10,
    0xc0,
    0x80,
    0x31,
    10,
  ),
  'more invalid': Uint8Array.of(
    0x61,
    10,
    0xf4,
    0x90,
    0x80,
    0x80,
    0x7a,
    10,
    0xe0,
    0x80,
    0x80,
    10,
    0xf0,
    0x80,
    0x80,
    0x80,
    10,
    0xf8,
    0x88,
    0x80,
    0x80,
    0x80,
    10,
  ),
  'utf-16': Uint8Array.of(0xff, 0xfe, 0x61, 0, 0x2c, 0, 0x62, 0, 10, 0, 0x31, 0, 0x2c, 0, 0x32, 0, 10, 0),
  'zero bytes': 'a,b\n\0,1\n1,\0\n',
  folder: { _SUCCESS: '', 'part-0.csv': 'a,b\n1,2\n', 'part-1.csv': 'a,b\n3,4\n5,6\n', '.hidden.csv': 'x\n1\n', _started: 'x' },
  'folder with other headers': { 'part-0.csv': 'a,b\n1,2\n', 'part-1.csv': 'c,d,e\n3,4,5\n', 'part-2.csv': 'f\n6\n' },
  'folder with equal sizes': { 'part-0.csv': 'a,b\n1,2\n', 'part-1.csv': 'a,b\n3,4\n' },
  'folder with an empty part': { 'part-0.csv': '', 'part-1.csv': 'a,b\n3,4\n', 'part-2.csv': '\n\n\n\n\n\n\n\n\n\n\n\n' },
  partitions: { 'day=2024-01-02/part-0.csv': 'a,b\n1,2\n', 'day=2024-01-03/part-0.csv': 'a,b\n3,4\n' },
  'partition in the file': { 'b=7/part-0.csv': 'a,B\n1,2\n', 'b=8/part-0.csv': 'a,B\n3,4\n' },
  'folder without ends': { 'part-0': 'a,b\n1,2\n', 'part-1': 'a,b\n3,4\n' },
};

function randomFile(): Uint8Array {
  const end = pick(['\n', '\n', '\r\n', '\r', '\n\n']);
  const header = pick(['a,b,c', 'a,b,c', 'id,,x', '"q 1",q2', randomLine()]);
  const body = Array.from({ length: random(8) }, () => pick([randomLine(), '1,2,3', '', ' ', '"x,y",z', 'a,"b']));
  const text = `${pick(['', '', '', '\ufeff', '\n'])}${[header, ...body].join(end)}${pick(['', end])}`;
  const bytes = new TextEncoder().encode(text);
  if (random(5) === 0) bytes.fill(0x80 + random(128), random(bytes.length), random(bytes.length));
  return bytes;
}

let scratch: string;
let lineTruth: Truth | undefined;
const sampled = lines();
const truths = new Map<string, Truth>();
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'sparkform-csv-'));
  const encoder = new TextEncoder();
  const folders = new Map<string, CsvFolder>();
  for (const [name, content] of Object.entries(files)) {
    const single = typeof content === 'string' ? encoder.encode(content) : content instanceof Uint8Array ? content : undefined;
    const parts = single
      ? { '': single }
      : Object.fromEntries(Object.entries(content).map(([path, text]) => [path, encoder.encode(String(text))]));
    folders.set(`${name}.csv`, parts);
  }
  const generated = Number(process.env['SPARKFORM_CSV_FILES'] ?? 170);
  for (let index = 0; index < generated; index++) folders.set(`random ${index}.csv`, { '': randomFile() });
  for (const [name, parts] of folders) {
    for (const [path, bytes] of Object.entries(parts)) {
      const target = join(scratch, name, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, bytes);
    }
  }
  const names = [...folders.keys()];
  const [first, ...others] = await sparkReads([
    { format: 'lines', lines: sampled, width },
    ...names.map((name) => ({ format: 'csv', path: join(scratch, name), options: { header: 'true' } }) as const),
  ]);
  lineTruth = first;
  for (const [index, name] of names.entries()) {
    const truth = others[index];
    if (truth) truths.set(name, truth);
  }
}, 600_000);
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

describe('CSV and Spark', () => {
  it('agree on the values of a line', () => {
    const own = sampled.map((line) => {
      const values = parseCsvLine(line);
      return [line, Array.from({ length: width }, (_, index) => values[index] ?? null)];
    });
    expect(own).toEqual(sampled.map((line, index) => [line, lineTruth?.rows[index]]));
  });

  it('agree on columns and rows of files and folders', async () => {
    const read = new Map<string, unknown>();
    for (const name of truths.keys()) read.set(name, await outcome(join(scratch, name)));
    expect(read).toEqual(new Map([...truths].map(([name, truth]) => [name, truth.error === undefined ? truth : 'refused'])));
  });

  it('agree when rows are read from the middle', async () => {
    for (const [name, truth] of truths) {
      if (truth.error !== undefined) continue;
      const { table } = await openLocal(join(scratch, name), { bytesRead: 0, requests: 0 });
      const middle = Math.floor(truth.rowCount / 2);
      const plain = { start: middle, rows: truth.rows.slice(middle, middle + 2) };
      if (truth.columns.every(({ type }) => type === 'string')) expect(await table.rows(middle, middle + 2)).toEqual(plain);
    }
  });
});

async function outcome(path: string): Promise<unknown> {
  try {
    const { table } = await openLocal(path, { bytesRead: 0, requests: 0 });
    const { rows } = await table.rows(0, table.rowCount);
    return {
      columns: table.columns.map(({ name, type }) => ({ name, type: typeName(type) })),
      rowCount: table.rowCount,
      rows: rows.map((row) => row.map((cell) => (cell === null ? null : String(cell)))),
    };
  } catch (error) {
    if (error instanceof TableProblem && error.kind === 'unsupported') return 'refused';
    throw error;
  }
}
