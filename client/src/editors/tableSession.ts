// One table in one view: answers what the grid asks from the reading process. Knows nothing of VS Code.

import { formatBytes } from '../../../shared/formatAmounts';
import type { Handlers } from '../../../shared/protocol/webviewRpc';
import type {
  ExportFormat,
  ProfileView,
  RowsParams,
  TableColumnView,
  TableCost,
  TableView,
  TableViewMethods,
} from '../../../shared/protocol/tableView';
import { cellText } from '../../../shared/table/cellText';
import type { RunChoice } from '../../../shared/table/folderTable';
import type { ColumnProfile, ScanWatch } from '../../../shared/table/query/tableQuery';
import { originWarnings } from '../../../shared/table/originWarnings';
import { typeName, type Cell, type Column, type TableOrigin } from '../../../shared/table/table';
import { TableProblem } from '../../../shared/table/tableProblem';
import type { OpenedTable, QueriedTable, TableReaderClient } from '../../../shared/tableReader/tableReaderClient';
import { copyText } from './copyFormats';

/** Longer texts are cut in the grid; the inspector shows them whole. */
const gridTextLimit = 300;
/** More cells than this fill no spreadsheet and stall the clipboard. */
const maxCopiedCells = 200_000;
/** The rows that are shown, and those that will take their place. */
const keptAnswers = 2;

export interface TableSessionOptions {
  readonly location: string;
  readonly name: string;
  readonly reader: TableReaderClient;
  readonly writeClipboard: (text: string) => PromiseLike<void>;
  /** Asks the user for a file and lets `write` write it; null when they choose none or stop it. */
  readonly exportToFile: (
    format: ExportFormat,
    write: (path: string, watch: ScanWatch) => Promise<{ readonly rows: number }>,
  ) => Promise<{ readonly rows: number; readonly file: string } | null>;
  /** Reading went on. */
  readonly onCost: (cost: TableCost) => void;
}

export function tableHandlers(options: TableSessionOptions): Handlers<TableViewMethods> {
  const { location, name, reader, writeClipboard, exportToFile, onCost } = options;
  let opened: Promise<OpenedTable> | undefined;
  let run: RunChoice = 'newest';
  let lastAnswer = 0;
  const answers = new Map<number, QueriedTable>();
  const table = (): Promise<OpenedTable> => (opened ??= reader.open(location, { run }));
  const rowsOf = async (query: number | undefined): Promise<OpenedTable | QueriedTable> => {
    if (query === undefined) return table();
    const answer = answers.get(query);
    if (!answer) throw new TableProblem('changed', 'these rows were chosen before the table changed');
    return answer;
  };
  /** Tells what it cost, also when it fails. */
  const measured = async <Result>(read: () => Promise<Result>): Promise<Result> => {
    const start = performance.now();
    try {
      return await read();
    } finally {
      const known = await table().catch(() => undefined);
      if (known) {
        onCost({ requests: known.cost.requests, bytes: known.cost.bytesRead, milliseconds: performance.now() - start });
      }
    }
  };
  return {
    open: (chosen, { signal, onProgress }) => {
      run = chosen.run;
      opened = reader.open(location, { run, signal, onProgress });
      answers.clear();
      return measured(async () => tableView(name, await table()));
    },
    query: (query, watch) =>
      measured(async () => {
        const answer = await (await table()).query(query, watch);
        const id = ++lastAnswer;
        answers.set(id, answer);
        for (const oldest of answers.keys()) if (oldest <= id - keptAnswers) answers.delete(oldest);
        return { id, rowCount: answer.rowCount };
      }),
    rows: ({ query, start, end, columns }, { signal }) =>
      measured(async () => (await rowsOf(query)).texts(start, end, columns, gridTextLimit, { signal })),
    document: ({ query, row, column }, { signal }) => measured(async () => (await rowsOf(query)).document(row, column, { signal })),
    copy: ({ format, ...cells }, { signal }) =>
      measured(async () => {
        const { columns } = await table();
        const { chosen, rows } = await exactCells(await rowsOf(cells.query), columns, cells, signal);
        await writeClipboard(copyText(format, chosen, rows));
        return { cells: chosen.length * rows.length };
      }),
    footerProfile: ({ column }) =>
      measured(async () => {
        const { columns, ...own } = await table();
        return profileView(await own.footerProfile(column), columns[column]);
      }),
    profile: ({ column, query }, watch) =>
      measured(async () => {
        const { columns, ...own } = await table();
        return profileView(await own.profile(column, query, watch), columns[column]);
      }),
    export: async ({ format, columns, query }) => {
      const source = await table();
      return exportToFile(format, (path, watch) => measured(() => source.exportRows({ path, format, columns, query }, watch)));
    },
  };
}

function tableView(name: string, { columns, rowCount, origin }: OpenedTable): TableView {
  return {
    name,
    columns: columns.map(columnView),
    rowCount,
    facts: facts(origin),
    warnings: originWarnings(origin),
    runs: origin.runs ?? [],
  };
}

function columnView({ name, type, nullable, partition }: Column): TableColumnView {
  return { name, type: typeName(type), family: type.kind === 'scalar' ? type.family : 'nested', nullable, partition };
}

function facts({ kind, files, bytes, codecs }: TableOrigin): readonly string[] {
  const parts = kind === 'folder' ? [files === 1 ? '1 file' : `${files.toLocaleString('en')} files`] : [];
  return [...parts, formatBytes(bytes), ...codecs.map((codec) => codec.toLowerCase())];
}

async function exactCells(
  table: OpenedTable | QueriedTable,
  columns: readonly Column[],
  cells: RowsParams,
  signal: AbortSignal,
): Promise<{ readonly chosen: readonly Column[]; readonly rows: readonly (readonly Cell[])[] }> {
  const chosen = cells.columns.flatMap((index) => columns[index] ?? []);
  const count = chosen.length * Math.max(0, Math.min(cells.end, table.rowCount) - cells.start);
  if (count > maxCopiedCells) {
    const [asked, most] = [count.toLocaleString('en'), maxCopiedCells.toLocaleString('en')];
    throw new TableProblem('out-of-range', `${asked} cells are selected; at most ${most} can be copied at a time`);
  }
  const { rows } = await table.rows(cells.start, cells.end, cells.columns, { signal });
  return { chosen, rows };
}

function profileView({ min, max, ...profile }: ColumnProfile, column: Column | undefined): ProfileView {
  const text = (cell: Cell | undefined): string | undefined => {
    if (cell === undefined || cell === null || !column) return undefined;
    const shown = cellText(column.type, cell, gridTextLimit);
    return typeof shown === 'object' && shown !== null ? `${shown.text}…` : (shown ?? undefined);
  };
  return { ...profile, min: text(min), max: text(max) };
}
