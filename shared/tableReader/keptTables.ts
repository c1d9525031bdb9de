// The tables that were opened last, and what was read of them.

import type { ObjectStore, S3Settings } from '../s3/objectStore';
import { isS3Location } from '../s3/s3Location';
import type { ReadCost, ReadMeter } from '../table/byteSource';
import type { OpenFolderOptions } from '../table/folderTable';
import { mostHeldBytes } from '../table/parquetParts';
import type { Table } from '../table/table';
import { TableProblem } from '../table/tableProblem';
import { openLocal, type OpenedLocation } from './localFiles';
import type { TablePlace, TableRequest } from './messages';

const mostKept = 8;

type OpenOptions = Pick<OpenFolderOptions, 'signal' | 'onProgress'>;

export class KeptTables {
  /** By place, the one opened last at the end. */
  private readonly tables = new Map<string, OpenedLocation>();
  /** By place: what was read since it was last told. */
  private readonly costs = new Map<string, ReadMeter>();
  private store: ObjectStore | undefined;

  /**
   * @param onStep told after each read, each step of the work on it, and every half second while S3 is waited for: a sign that it goes on.
   * @param heldBytes so many are held for all tables together, at most, or for one.
   */
  constructor(
    private readonly s3: S3Settings,
    private readonly onStep: () => void,
    private readonly heldBytes = mostHeldBytes,
  ) {}

  /** Opens a table, anew if it was opened before. */
  async open(place: TablePlace, options: OpenOptions): Promise<OpenedLocation> {
    const { location, run } = place;
    const key = keyOf(place);
    const cost = this.costs.get(key) ?? { bytesRead: 0, requests: 0, onStep: this.onStep };
    this.costs.set(key, cost);
    const opened = await this.openAnywhere(location, cost, run === undefined ? options : { ...options, run });
    this.tables.delete(key);
    this.tables.set(key, opened);
    let held = [...this.tables.values()].reduce((sum, { table }) => sum + (table.heldBytes ?? 0), 0);
    for (const [oldest, { table }] of this.tables) {
      if (oldest === key || (this.tables.size <= mostKept && held <= this.heldBytes)) break;
      this.tables.delete(oldest);
      held -= table.heldBytes ?? 0;
    }
    return opened;
  }

  /** The table as it was when its fingerprint was told. */
  async find(request: TableRequest, options: OpenOptions): Promise<Table> {
    const { table, fingerprint } = this.tables.get(keyOf(request)) ?? (await this.open(request, options));
    if (fingerprint !== request.fingerprint) throw new TableProblem('changed', `${request.location} was changed while it was shown`);
    return table;
  }

  private async openAnywhere(location: string, cost: ReadMeter, options: OpenFolderOptions): Promise<OpenedLocation> {
    if (!isS3Location(location)) {
      if (/^[a-z][a-z0-9+.-]+:\/\//i.test(location)) {
        throw new TableProblem('unsupported', `${location} is neither a local file or folder nor in S3`);
      }
      return openLocal(location, cost, options);
    }
    // Only those who look at S3 pay for what it takes.
    const [{ openS3Store }, { openS3 }] = await Promise.all([import('../s3/s3Store'), import('./s3Tables')]);
    this.store ??= openS3Store(this.s3, { onWaiting: this.onStep });
    return openS3(location, this.store, cost, options);
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
