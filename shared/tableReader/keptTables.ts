// The tables that were opened last, and what was read of them.

import type { ReadCost, ReadMeter } from '../table/byteSource';
import type { OpenFolderOptions } from '../table/folderTable';
import type { Table } from '../table/table';
import { TableProblem } from '../table/tableProblem';
import { openLocal, type LocalTable } from './localFiles';
import type { TablePlace, TableRequest } from './messages';

const mostKept = 8;

export class KeptTables {
  /** By place, the one opened last at the end. */
  private readonly tables = new Map<string, LocalTable>();
  /** By place: what was read since it was last told. */
  private readonly costs = new Map<string, ReadMeter>();

  /** @param onStep told after each read, and each step of the work on it: a sign that it goes on. */
  constructor(private readonly onStep: () => void) {}

  /** Opens a table, anew if it was opened before. */
  async open(place: TablePlace, options: Pick<OpenFolderOptions, 'signal' | 'onProgress'> = {}): Promise<LocalTable> {
    const { location, run } = place;
    const key = keyOf(place);
    if (/^[a-z][a-z0-9+.-]+:\/\//i.test(location)) throw new TableProblem('unsupported', `${location} is not a local file or folder`);
    const cost = this.costs.get(key) ?? { bytesRead: 0, requests: 0, onStep: this.onStep };
    this.costs.set(key, cost);
    const opened = await openLocal(location, cost, run === undefined ? options : { ...options, run });
    this.tables.delete(key);
    this.tables.set(key, opened);
    for (const oldest of this.tables.keys()) {
      if (this.tables.size <= mostKept) break;
      this.tables.delete(oldest);
    }
    return opened;
  }

  /** The table as it was when its fingerprint was told. */
  async find(request: TableRequest): Promise<Table> {
    const { table, fingerprint } = this.tables.get(keyOf(request)) ?? (await this.open(request));
    if (fingerprint !== request.fingerprint) throw new TableProblem('changed', `${request.location} was changed while it was shown`);
    return table;
  }

  /** What was read of a table since this was last asked. */
  takeCost(place: TablePlace): ReadCost {
    const cost = this.costs.get(keyOf(place));
    if (!cost) return { bytesRead: 0, requests: 0 };
    const taken = { bytesRead: cost.bytesRead, requests: cost.requests };
    cost.bytesRead = 0;
    cost.requests = 0;
    return taken;
  }
}

/** Runs of one folder are tables of their own. */
function keyOf({ location, run = 'newest' }: TablePlace): string {
  return JSON.stringify([location, run]);
}
