// The rows for which a predicate is true. Chunks that statistics decide are not read.

import type { Table, TableChunk } from '../table';
import { compilePredicate, type CompiledPredicate } from './compilePredicate';
import { SelectionBuilder, type RowSelection } from './rowSelection';
import { blockRows, rowsPerTurn, ScanPace } from './scanPace';
import type { Predicate, ScanWatch } from './tableQuery';
import { isTrue } from './truth';

interface Span {
  readonly start: number;
  readonly end: number;
}

export async function filterRows(
  table: Table,
  where: Predicate,
  watch: ScanWatch,
): Promise<{ readonly rows: RowSelection; readonly pace: ScanPace }> {
  const predicate = compilePredicate(table.columns, where);
  const chunks = table.chunks(predicate.bounded).map((chunk) => ({ chunk, decision: decide(predicate, chunk) }));
  const undecided = chunks.filter(({ decision }) => decision === 'scan');
  const pace = new ScanPace(
    watch,
    undecided.reduce((sum, { chunk }) => sum + chunk.end - chunk.start, 0),
  );
  const found = new SelectionBuilder();
  for (const { chunk, decision } of chunks) {
    if (decision === 'all') found.addRange(chunk.start, chunk.end);
    if (decision === 'scan') await filterChunk(table, predicate, chunk, found, pace);
  }
  return { rows: found.finish(), pace };
}

async function filterChunk(table: Table, predicate: CompiledPredicate, chunk: TableChunk, found: SelectionBuilder, pace: ScanPace) {
  const whole = predicate.bounded.length === 0;
  const parts = whole ? [chunk] : await table.narrow(chunk, predicate.bounded, pace.options);
  pace.check();
  let pending: Span | undefined;
  const flush = async (): Promise<void> => {
    if (pending) await scanSpan(table, predicate, pending, found, pace);
    pending = undefined;
  };
  const limit = blockRows(predicate.columns.length);
  for (const part of parts) {
    const decision = parts.length === 1 ? 'scan' : decide(predicate, part);
    if (decision !== 'scan') {
      await flush();
      pace.addRows(part.start - part.end);
      if (decision === 'all') found.addRange(part.start, part.end);
    } else {
      if (pending && part.end - pending.start > limit) await flush();
      pending = { start: pending?.start ?? part.start, end: part.end };
    }
  }
  await flush();
}

function decide(predicate: CompiledPredicate, chunk: TableChunk): 'none' | 'all' | 'scan' {
  const possible = predicate.possible(chunk);
  if ((possible & isTrue) === 0) return 'none';
  return possible === isTrue ? 'all' : 'scan';
}

async function scanSpan(table: Table, predicate: CompiledPredicate, { start, end }: Span, found: SelectionBuilder, pace: ScanPace) {
  const step = blockRows(predicate.columns.length);
  for (let from = start; from < end; from += step) {
    const to = Math.min(end, from + step);
    const { rows } = await table.rows(from, to, predicate.columns, pace.options);
    for (const [index, cells] of rows.entries()) {
      if (predicate.test(cells) === isTrue) found.add(from + index);
      if (index % rowsPerTurn === 0) await pace.turn();
    }
    pace.rowsFound = found.count;
    await pace.scanned(to - from);
  }
}
