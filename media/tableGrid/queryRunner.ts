// Asks for the rows that the user chose. The rows that were shown before stay until the answer comes; when it does not
// come, because it was cancelled or failed, nothing has changed.

import type { ColumnFilter, QueryView, RowChoice } from '../../shared/protocol/tableView';
import type { ScanProgress, TableQuery } from '../../shared/table/query/tableQuery';
import { allRows, toQuery } from './rowChoice';
import type { TableHost } from './tableHost';

export interface QueryRunnerOptions {
  readonly host: TableHost;
  readonly names: readonly string[];
  readonly onStart: () => void;
  readonly onProgress: (progress: ScanProgress) => void;
  /** The rows are there: those of an answer, or the table itself. */
  readonly onDone: (answer: QueryView | undefined) => void;
  readonly onCancel: () => void;
  readonly onFail: (reason: string, choice: RowChoice) => void;
}

export class QueryRunner {
  /** What the rows that are shown were chosen by. */
  applied: RowChoice = allRows;
  /** The same for the reader; undefined for the table itself. */
  query: TableQuery | undefined;
  private running: { readonly choice: RowChoice; readonly controller: AbortController } | undefined;

  constructor(private readonly options: QueryRunnerOptions) {}

  /** What the user wants to see, on its way or here. */
  get choice(): RowChoice {
    return this.running?.choice ?? this.applied;
  }

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  async run(choice: RowChoice): Promise<void> {
    const { host, names, onStart, onProgress, onDone, onCancel, onFail } = this.options;
    this.stop();
    const query = toQuery(choice, names);
    if (!query) {
      this.applied = choice;
      this.query = undefined;
      onDone(undefined);
      return;
    }
    const running = (this.running = { choice, controller: new AbortController() });
    const { signal } = running.controller;
    onStart();
    try {
      const answer = await host.ask('query', query, { signal, onProgress });
      if (this.running !== running) return;
      this.running = undefined;
      this.applied = choice;
      this.query = query;
      onDone(answer);
    } catch (error) {
      // Another choice has taken its place.
      if (this.running !== running) return;
      this.running = undefined;
      if (signal.aborted) onCancel();
      else onFail(error instanceof Error ? error.message : String(error), choice);
    }
  }

  /** Changes a part of what the user wants to see. */
  change(part: Partial<RowChoice>): void {
    void this.run({ ...this.choice, ...part });
  }

  addFilter(filter: ColumnFilter): void {
    this.change({ filters: [...this.choice.filters, filter] });
  }

  cancel(): void {
    this.running?.controller.abort();
  }

  /** Gives up without a word. */
  stop(): void {
    const { running } = this;
    this.running = undefined;
    running?.controller.abort();
  }
}
