// Answers requests about tables; keeps the tables that were opened last.

import type { ReadCost } from '../table/byteSource';
import { cellDocument, cellText } from '../table/cellText';
import { TableProblem, toTableProblem } from '../table/tableProblem';
import { openLocal, type LocalTable } from './localFiles';
import type { OpenResult, ReaderAnswer, ReaderQuestion, ReaderRequest, ReaderResults, TextBlock } from './messages';

const keptTables = 8;

export class ReaderService {
  /** By location, the one used last at the end. */
  private readonly tables = new Map<string, LocalTable>();
  /** Grows with every read of every table. */
  private readonly cost: ReadCost = { bytesRead: 0, requests: 0 };

  /** Never rejects: what goes wrong is an answer. */
  async answer({ id, request }: ReaderQuestion): Promise<ReaderAnswer> {
    const { bytesRead, requests } = this.cost;
    const spent = (): ReadCost => ({ bytesRead: this.cost.bytesRead - bytesRead, requests: this.cost.requests - requests });
    try {
      const result = await this.perform(request);
      return { id, ok: true, result, cost: spent() };
    } catch (error) {
      const { kind, message } = toTableProblem(error, request.location);
      return { id, ok: false, problem: { kind, message }, cost: spent() };
    }
  }

  private async perform(request: ReaderRequest): Promise<ReaderResults[keyof ReaderResults]> {
    if (request.kind === 'open') return this.open(request.location);
    const { table, fingerprint } = this.tables.get(request.location) ?? (await this.load(request.location));
    if (fingerprint !== request.fingerprint) throw new TableProblem('changed', `${request.location} was changed while it was shown`);
    switch (request.kind) {
      case 'rows':
        return table.rows(request.start, request.end, request.columns);
      case 'texts': {
        const { start, rows } = await table.rows(request.start, request.end, request.columns);
        const types = (request.columns ?? [...table.columns.keys()]).flatMap((index) => table.columns[index]?.type ?? []);
        const texts: TextBlock = {
          start,
          rows: rows.map((row) => types.map((type, index) => cellText(type, row[index] ?? null, request.limit))),
        };
        return texts;
      }
      case 'document': {
        const { rows } = await table.rows(request.row, request.row + 1, [request.column]);
        const [column, cell] = [table.columns[request.column], rows[0]?.[0]];
        if (!column || cell === undefined) throw new TableProblem('out-of-range', `there is no row ${request.row + 1}`);
        return cellDocument(column.type, cell);
      }
    }
  }

  private async open(location: string): Promise<OpenResult> {
    const { table, fingerprint } = await this.load(location);
    const { columns, rowCount, origin } = table;
    return { fingerprint, columns, rowCount, origin };
  }

  private async load(location: string): Promise<LocalTable> {
    if (/^[a-z][a-z0-9+.-]+:\/\//i.test(location)) throw new TableProblem('unsupported', `${location} is not a local file or folder`);
    const opened = await openLocal(location, this.cost);
    this.tables.delete(location);
    this.tables.set(location, opened);
    for (const oldest of this.tables.keys()) {
      if (this.tables.size <= keptTables) break;
      this.tables.delete(oldest);
    }
    return opened;
  }
}
