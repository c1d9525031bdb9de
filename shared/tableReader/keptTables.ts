// The tables that were opened last, and what was read of them.

import type { ReadCost } from '../table/byteSource';
import type { Table } from '../table/table';
import { TableProblem } from '../table/tableProblem';
import { openLocal, type LocalTable } from './localFiles';
import type { TableRequest } from './messages';

const mostKept = 8;

export class KeptTables {
  /** By location, the one opened last at the end. */
  private readonly tables = new Map<string, LocalTable>();
  /** By location: what was read since it was last told. */
  private readonly costs = new Map<string, ReadCost>();

  /** Opens a table, anew if it was opened before. */
  async open(location: string): Promise<LocalTable> {
    if (/^[a-z][a-z0-9+.-]+:\/\//i.test(location)) throw new TableProblem('unsupported', `${location} is not a local file or folder`);
    const cost = this.costs.get(location) ?? { bytesRead: 0, requests: 0 };
    this.costs.set(location, cost);
    const opened = await openLocal(location, cost);
    this.tables.delete(location);
    this.tables.set(location, opened);
    for (const oldest of this.tables.keys()) {
      if (this.tables.size <= mostKept) break;
      this.tables.delete(oldest);
    }
    return opened;
  }

  /** The table as it was when its fingerprint was told. */
  async find(request: TableRequest): Promise<Table> {
    const { location } = request;
    const { table, fingerprint } = this.tables.get(location) ?? (await this.open(location));
    if (fingerprint !== request.fingerprint) throw new TableProblem('changed', `${location} was changed while it was shown`);
    return table;
  }

  /** What was read of a table since this was last asked. */
  takeCost(location: string): ReadCost {
    const cost = this.costs.get(location);
    if (!cost) return { bytesRead: 0, requests: 0 };
    const taken = { ...cost };
    cost.bytesRead = 0;
    cost.requests = 0;
    return taken;
  }
}
