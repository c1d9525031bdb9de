// The runs in S3 that the user has seen listed, for those who have something to say of them without asking S3 by themselves.

import { EventEmitter, type Disposable, type Event } from 'vscode';
import { formatS3Location, type S3Location } from '../../../shared/s3/s3Location';
import type { S3Run } from './listRuns';

export class ListedRuns implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #runs = new Map<string, readonly S3Run[]>();

  /** Other runs were listed, or what was listed may no longer be so. */
  readonly onDidChange: Event<void> = this.#changed.event;

  /** How a folder was found to be. The newest run first. */
  add(folder: S3Location, runs: readonly S3Run[]): void {
    this.#runs.set(formatS3Location(folder), runs);
    this.#changed.fire();
  }

  get isEmpty(): boolean {
    return this.#runs.size === 0;
  }

  /** Of a folder as `s3://bucket/key/`; undefined where nobody has listed it. */
  of(folder: string): readonly S3Run[] | undefined {
    return this.#runs.get(folder);
  }

  clear(): void {
    if (this.isEmpty) return;
    this.#runs.clear();
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
