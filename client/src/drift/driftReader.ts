// Computes drifts one after the other, each once for what it depends on, with a reading process that nobody keeps for longer.

import { EventEmitter, type Disposable, type Event } from 'vscode';
import type { TableReaderClient } from '../../../shared/tableReader/tableReaderClient';
import { TableProblem } from '../../../shared/table/tableProblem';
import type { OutputDrift } from './outputDrift';

type Compare = (reader: TableReaderClient) => Promise<OutputDrift | undefined>;

interface Asked {
  readonly outputs: string;
  readonly compare: Compare;
}

interface Known {
  readonly outputs: string;
  readonly drift: OutputDrift | undefined;
}

export class DriftReader implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #known = new Map<string, Known>();
  readonly #asked = new Map<string, Asked>();
  #reader: TableReaderClient | undefined;
  #working = false;

  /** A drift was found. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(private readonly openReader: () => TableReaderClient) {}

  /**
   * @param key names the definition
   * @param outputs names what is compared: where it is the same as the last time, so is the drift
   * @returns what is known by now; otherwise it is computed
   */
  of(key: string, outputs: string, compare: Compare): OutputDrift | undefined {
    const known = this.#known.get(key);
    if (known?.outputs === outputs) return known.drift;
    this.#asked.set(key, { outputs, compare });
    void this.#work();
    return undefined;
  }

  dispose(): void {
    this.#asked.clear();
    this.#reader?.dispose();
    this.#changed.dispose();
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    let news = false;
    try {
      for (const [key, asked] of takeAll(this.#asked)) {
        const { outputs, compare } = asked;
        // Whoever asks meanwhile does not ask for it again.
        this.#known.set(key, { outputs, drift: undefined });
        const drift = await this.#compare(compare);
        this.#known.set(key, { outputs, drift });
        news ||= drift !== undefined;
      }
    } finally {
      this.#working = false;
      this.#reader?.dispose();
      this.#reader = undefined;
    }
    if (news) this.#changed.fire();
  }

  async #compare(compare: Compare): Promise<OutputDrift | undefined> {
    try {
      return await compare((this.#reader ??= this.openReader()));
    } catch (error) {
      // A result that is gone, or cannot be read, has no drift: whoever opens it is told why.
      if (error instanceof TableProblem) return undefined;
      throw error;
    }
  }
}

/** Takes out one after the other, also what is put in meanwhile. */
function* takeAll<Key, Value>(map: Map<Key, Value>): Generator<readonly [Key, Value]> {
  for (const entry of map) {
    map.delete(entry[0]);
    yield entry;
  }
}
