// Answers requests about tables: what is quick at once, what scans a table in turns with it.

import type { S3Settings } from '../s3/objectStore';
import { isS3Location } from '../s3/s3Location';
import type { ReadCost } from '../table/byteSource';
import type { OpenFolderOptions } from '../table/folderTable';
import { cellDocument, cellText } from '../table/cellText';
import { checkQuery } from '../table/query/checkQuery';
import { compareTables } from '../table/query/compareTables';
import { footerProfile, profileColumn } from '../table/query/profileColumn';
import type { RowSelection } from '../table/query/rowSelection';
import { rowsAt } from '../table/query/rowsAt';
import { runQuery } from '../table/query/runQuery';
import type { ScanProgress, ScanWatch, TableQuery } from '../table/query/tableQuery';
import type { Cell, Column, ReadOptions, Table } from '../table/table';
import { TableProblem, toTableProblem } from '../table/tableProblem';
import { exportRows } from './exportRows';
import { KeptSelections } from './keptSelections';
import { KeptTables } from './keptTables';
import type {
  ExportResult,
  ExportTarget,
  NumberedTextBlock,
  OpenResult,
  ReaderAnswer,
  ReaderProgress,
  ReaderQuestion,
  ReaderRequest,
  ReaderResult,
  TablePlace,
  TableRequest,
} from './messages';
import { ScanTurns } from './scanTurns';

type ReadRequest = ReaderRequest & { readonly kind: 'rows' | 'texts' | 'document' };

/** Milliseconds between two messages about the progress of one scan. */
const progressInterval = 100;

export class ReaderService {
  private readonly tables: KeptTables;
  private readonly selections = new KeptSelections();
  private readonly turns = new ScanTurns();
  private readonly running = new Map<number, AbortController>();

  private lastStep = 0;

  /** @param interval milliseconds between two messages about the same work. */
  constructor(
    private readonly tell: (message: ReaderProgress) => void,
    s3: S3Settings,
    private readonly interval = progressInterval,
  ) {
    this.tables = new KeptTables(s3, () => {
      this.onStep();
    });
  }

  /** Never rejects: what goes wrong is an answer. */
  async answer({ id, request }: ReaderQuestion): Promise<ReaderAnswer> {
    const controller = new AbortController();
    this.running.set(id, controller);
    try {
      const result = await this.perform(request, new Scan(this.turns, controller.signal, this.teller(id)));
      if (result === undefined) return { id, outcome: 'forgotten', cost: this.takeCost(request) };
      return { id, outcome: 'done', result, cost: this.takeCost(request) };
    } catch (error) {
      const { kind, message } = toTableProblem(error, request.location);
      return { id, outcome: 'failed', problem: { kind, message }, cost: this.takeCost(request) };
    } finally {
      this.running.delete(id);
    }
  }

  cancel(id: number): void {
    this.running.get(id)?.abort();
  }

  private teller(id: number): Tell {
    let told = performance.now();
    return (what) => {
      const now = performance.now();
      if (now - told < this.interval) return;
      told = now;
      this.tell({ progressOf: id, ...what });
    };
  }

  /** Whatever is asked, it goes on: one answer may take longer than a process may be silent. */
  private onStep(): void {
    const now = performance.now();
    const [id] = this.running.keys();
    if (id === undefined || now - this.lastStep < this.interval) return;
    this.lastStep = now;
    this.tell({ progressOf: id });
  }

  private takeCost(request: ReaderRequest): ReadCost {
    const own = this.tables.takeCost(request);
    if (request.kind !== 'compare') return own;
    const other = this.tables.takeCost(request.other);
    return { bytesRead: own.bytesRead + other.bytesRead, requests: own.requests + other.requests };
  }

  /** Undefined when the rows of the query are not known any more. */
  private async perform(request: ReaderRequest, scan: Scan): Promise<ReaderResult | undefined> {
    switch (request.kind) {
      case 'open':
        return this.open(request, scan);
      case 'rows':
      case 'texts':
      case 'document':
        return this.read(request, scan);
      case 'footerProfile': {
        const table = await this.find(request, scan);
        columnAt(table, request.column);
        return footerProfile(table, request.column);
      }
      case 'query': {
        const table = await this.find(request, scan);
        return { rowCount: (await this.select(table, request, request.query, scan)).count };
      }
      case 'profile': {
        const table = await this.find(request, scan);
        columnAt(table, request.column);
        const selection = request.query && (await this.select(table, request, request.query, scan));
        return profileColumn(scan.over(table), request.column, selection, scan);
      }
      case 'export': {
        const table = await this.find(request, scan);
        const selection = request.query && (await this.select(table, request, request.query, scan));
        return exportTable(scan.over(table), selection, request, scan);
      }
      case 'compare': {
        const [table, other] = [await this.find(request, scan), await this.find(request.other, scan)];
        return compareTables(scan.over(table), scan.over(other), { key: request.key, watch: scan });
      }
    }
  }

  private find(request: TableRequest, scan: Scan): Promise<Table> {
    return this.opening(request.location, () => this.tables.find(request, scan.opening));
  }

  private async open(place: TablePlace, scan: Scan): Promise<OpenResult> {
    const { table, fingerprint } = await this.opening(place.location, () => this.tables.open(place, scan.opening));
    const { columns, rowCount, origin } = table;
    return { fingerprint, columns, rowCount, origin };
  }

  /** Scans wait for what is quick; S3 may not be. */
  private opening<Opened>(location: string, open: () => Promise<Opened>): Promise<Opened> {
    return isS3Location(location) ? open() : this.turns.first(open);
  }

  private async select(table: Table, request: TableRequest, query: TableQuery, scan: Scan): Promise<RowSelection> {
    const kept = this.selections.get(request, query);
    if (kept) return kept;
    checkQuery(table.columns, query);
    const found = await runQuery(scan.over(table), query, scan);
    this.selections.set(request, query, found);
    return found;
  }

  private async read(request: ReadRequest, scan: Scan): Promise<ReaderResult | undefined> {
    const table = await this.find(request, scan);
    const { query } = request;
    let selection = query && this.selections.get(request, query);
    if (query && !selection) {
      if (!request.mayScan) return undefined;
      selection = await this.select(table, request, query, scan);
    }
    const rows = (start: number, end: number, columns: readonly number[] | undefined): Promise<NumberedRows> =>
      this.turns.first(() => readRows(table, selection, { start, end, columns }, scan));
    switch (request.kind) {
      case 'rows': {
        const { start, rows: cells } = await rows(request.start, request.end, request.columns);
        return { start, rows: cells };
      }
      case 'texts':
        return texts(table, await rows(request.start, request.end, request.columns), request.columns, request.limit);
      case 'document': {
        const { type } = columnAt(table, request.column);
        const { rows: cells } = await rows(request.row, request.row + 1, [request.column]);
        const cell = cells[0]?.[0];
        if (cell === undefined) throw new TableProblem('out-of-range', `there is no row ${request.row + 1}`);
        return cellDocument(type, cell);
      }
    }
  }
}

type Tell = (what: Omit<ReaderProgress, 'progressOf'>) => void;

/** How one request tells its progress and hears that it is not wanted any more. */
class Scan implements ScanWatch {
  private last: ScanProgress | undefined;

  constructor(
    private readonly turns: ScanTurns,
    readonly signal: AbortSignal,
    private readonly tell: Tell,
  ) {}

  readonly onProgress = (progress: ScanProgress): void => {
    this.last = progress;
    this.tell({ progress });
  };

  get opening(): Pick<OpenFolderOptions, 'signal' | 'onProgress'> {
    return {
      signal: this.signal,
      onProgress: (opening) => {
        this.tell({ opening });
      },
    };
  }

  over(table: Table): Table {
    return this.turns.tableFor(table, this.signal, () => {
      this.tell({ progress: this.last });
    });
  }
}

interface NumberedRows {
  readonly start: number;
  readonly rows: readonly (readonly Cell[])[];
  /** Of each row, the row of the table that it is. */
  readonly numbers: readonly number[];
}

async function readRows(
  table: Table,
  selection: RowSelection | undefined,
  range: { readonly start: number; readonly end: number; readonly columns: readonly number[] | undefined },
  options: ReadOptions,
): Promise<NumberedRows> {
  const count = selection?.count ?? table.rowCount;
  const start = Math.max(0, Math.min(range.start, count));
  const length = Math.max(0, Math.min(range.end, count) - start);
  const numbers = Array.from({ length }, (_, index) => selection?.row(start + index) ?? start + index);
  const rows = selection
    ? await rowsAt(table, numbers, range.columns, options)
    : (await table.rows(range.start, range.end, range.columns, options)).rows;
  return { start, rows, numbers };
}

function texts(
  table: Table,
  { start, rows, numbers }: NumberedRows,
  columns: readonly number[] | undefined,
  limit: number,
): NumberedTextBlock {
  const types = (columns ?? [...table.columns.keys()]).flatMap((index) => table.columns[index]?.type ?? []);
  return { start, rows: rows.map((row) => types.map((type, index) => cellText(type, row[index] ?? null, limit))), numbers };
}

function exportTable(
  table: Table,
  selection: RowSelection | undefined,
  { location, target }: { readonly location: string; readonly target: ExportTarget },
  watch: ScanWatch,
): Promise<ExportResult> {
  const columns = target.columns.map((index) => columnAt(table, index));
  const rows = async (start: number, end: number): Promise<NumberedRows['rows']> => {
    const block = await readRows(table, selection, { start, end, columns: target.columns }, watch);
    return block.rows;
  };
  return exportRows({ location, columns, rowCount: selection?.count ?? table.rowCount, rows }, target, watch);
}

function columnAt(table: Table, index: number): Column {
  const column = table.columns[index];
  if (!column) throw new TableProblem('out-of-range', `the table has ${table.columns.length} columns, column ${index} was asked for`);
  return column;
}
