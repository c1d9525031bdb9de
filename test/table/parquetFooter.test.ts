// Row groups are decoded when they are asked for. A footer whose fields have their ids written out, which Thrift allows and no writer
// does, is decoded as a whole at once: both must tell the same of every footer, damaged ones among them. The mutations are the same in
// every run; SPARKFORM_MUTATIONS asks for more of them, SPARKFORM_SEED for others.

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../../shared/table/byteSource';
import { outlineFooter } from '../../shared/table/footerOutline';
import { loadFooter } from '../../shared/table/parquetFooter';
import { openParquet } from '../../shared/table/parquetTable';
import { TableProblem } from '../../shared/table/tableProblem';
import { recordedSource } from './byteSources';
import { columnMetadata, editFooter, structsOf, type ThriftFields } from './editedFooter';
import { randomNumbers } from './randomNumbers';

const mutations = Number(process.env['SPARKFORM_MUTATIONS'] ?? 400);
const seed = Number(process.env['SPARKFORM_SEED'] ?? 1);

const tables = join(import.meta.dirname, '..', 'tables');
/** With eleven row groups. */
const flights = '../../node_modules/vega-datasets/data/flights-3m';

function read(name: string): Uint8Array {
  return Uint8Array.from(readFileSync(`${resolve(tables, name)}.parquet`));
}

/** The file without its data, which nobody asks for. */
interface Footer {
  readonly bytes: Uint8Array;
  /** Where it begins in its file. */
  readonly start: number;
}

function footerOf(file: Uint8Array): Footer {
  const start = file.length - 8 - new DataView(file.buffer).getUint32(file.length - 8, true);
  return { bytes: file.subarray(start, file.length - 8), start };
}

function sourceOf({ bytes, start }: Footer): ByteSource {
  const end = new Uint8Array(bytes.length + 8);
  end.set(bytes);
  new DataView(end.buffer).setUint32(bytes.length, bytes.length, true);
  end.set(new TextEncoder().encode('PAR1'), bytes.length + 4);
  const whole = (from: number, to: number): Uint8Array => {
    const read = new Uint8Array(to - from);
    read.set(end.subarray(Math.max(0, from - start), to - start), Math.max(0, start - from));
    return read;
  };
  return { name: 'table.parquet', size: start + end.length, read: (from, to) => Promise.resolve(whole(from, to)) };
}

/** The same footer, whose first field, the version, has its id written out. */
function withLongId({ bytes, start }: Footer): Footer {
  expect(bytes[0]).toBe(0x15);
  return { bytes: Uint8Array.from([0x05, 0x02, ...bytes.subarray(1)]), start };
}

/** All that a footer tells, or what is wrong with it. */
async function told(bytes: Footer): Promise<unknown> {
  let footer;
  try {
    footer = await loadFooter(sourceOf(bytes));
  } catch (error) {
    if (!(error instanceof TableProblem)) throw error;
    // Written out, the id makes the file a byte longer.
    return { kind: error.kind, message: error.message.replace(/ in \d+ bytes$/, '') };
  }
  const { description, rowCount, rowGroups, codecs } = footer;
  const groups = rowGroups.map((group) => ({
    firstRow: group.firstRow,
    rowCount: group.rowCount,
    passing: description.leaves.map(({ leaf }) => group.passingChunk(leaf)),
    chunks: description.leaves.map(({ leaf }) => group.chunk(leaf)),
    beyond: [group.chunk(description.leaves.length), group.passingChunk(description.leaves.length)],
  }));
  return { description, rowCount, codecs, groups };
}

async function expectSame(footer: Footer): Promise<unknown> {
  const own = await told(footer);
  expect(own).toEqual(await told(withLongId(footer)));
  return own;
}

const names = ['pages', 'nested', 'scalars-snappy', 'decimals-legacy-format', 'foreign-halves', flights];

describe('a footer', () => {
  it.each(names)('of %s tells the same, whenever its row groups are decoded', async (name) => {
    const { rowCount, groups } = (await expectSame(footerOf(read(name)))) as { rowCount: number; groups: readonly { rowCount: number }[] };
    expect(groups.reduce((sum, group) => sum + group.rowCount, 0)).toBe(rowCount);
    expect(rowCount).toBeGreaterThan(0);
  });

  it('of every table at hand has an outline, so that none of its row groups is decoded to be counted', async () => {
    const files = readdirSync(tables, { withFileTypes: true }).flatMap((entry) =>
      entry.isFile() && entry.name.endsWith('.parquet') ? [entry.name.replace('.parquet', '')] : [],
    );
    expect(files.length).toBeGreaterThan(30);
    for (const name of [...files, flights]) {
      const footer = footerOf(read(name));
      const { rowCount, codecs } = await loadFooter(sourceOf(footer));
      expect(outlineFooter(footer.bytes, footer.start), name).toMatchObject({ rowCount, codecs });
    }
  });

  it.each(names)('of %s is damaged in the same way, whenever its row groups are decoded', async (name) => {
    const { bytes, start } = footerOf(read(name));
    const random = randomNumbers(seed + 31 * names.indexOf(name));
    const kinds = new Set<boolean>();
    for (let round = 0; round < mutations; round++) {
      let copy = Uint8Array.from(bytes);
      const at = 1 + random(bytes.length - 1);
      if (round % 4 === 0) copy = Uint8Array.from([...copy.subarray(0, at), ...copy.subarray(at + 1 + random(8))]);
      else for (let flips = round % 4; flips > 0; flips--) copy[1 + random(bytes.length - 1)] = random(256);
      const own = await expectSame({ bytes: copy, start });
      kinds.add(typeof own === 'object' && own !== null && 'message' in own);
    }
    expect([...kinds].toSorted()).toEqual([false, true]);
  });

  it('that lies about its row groups is refused at once, with the name of its file', async () => {
    const lies: readonly (readonly [edit: (footer: ThriftFields) => void, message: string])[] = [
      [
        (footer) => {
          footer.field_3 = 3001n;
        },
        'table.parquet is damaged: it claims 3001 rows, its row groups hold 3000',
      ],
      [
        (footer) => {
          for (const group of structsOf(footer.field_4).slice(-1)) group.field_3 = -1n;
        },
        'table.parquet is damaged: row group 0 claims -1 rows',
      ],
      [
        (footer) => {
          for (const group of structsOf(footer.field_4).slice(-1)) group.field_1 = [...structsOf(group.field_1).slice(1)];
        },
        'columns, the schema has',
      ],
      [
        (footer) => {
          for (const meta of columnMetadata(footer, 1).slice(-1)) meta.field_5 = 7n;
        },
        'claims 7 values for',
      ],
      [
        (footer) => {
          for (const meta of columnMetadata(footer, 1).slice(-1)) meta.field_4 = 99;
        },
        'table.parquet uses an unknown compression codec in column "hundred" of row group 0',
      ],
      [
        (footer) => {
          for (const meta of columnMetadata(footer, 2).slice(-1)) meta.field_7 = 1_000_000_000n;
        },
        'the data ends at',
      ],
      [
        (footer) => {
          for (const meta of columnMetadata(footer, 2).slice(-1)) meta.field_9 = undefined;
        },
        'field 9 is not a whole number',
      ],
    ];
    for (const [lie, message] of lies) {
      await expect(openParquet(recordedSource(editFooter(read('pages'), lie)))).rejects.toThrow(message);
    }
  });
});
