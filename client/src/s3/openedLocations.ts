// The places in S3 that the user opened in this workspace, the newest first.

import { EventEmitter, type Disposable, type Event, type Memento } from 'vscode';
import { formatS3Location, parseS3Location } from '../../../shared/s3/s3Location';
import type { OpenedLocation } from '../views/s3TreeNode';

const memory = 'sparkform.openedLocations';
const mostKept = 50;

interface Kept {
  readonly location: string;
  readonly isFolder: boolean;
}

export class OpenedLocations implements Disposable {
  readonly #changed = new EventEmitter<void>();

  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(private readonly state: Memento) {}

  get all(): readonly OpenedLocation[] {
    return this.#kept().map(({ location, isFolder }) => ({ location: parseS3Location(location), isFolder }));
  }

  /** Puts a location in front of the others. */
  async add({ location, isFolder }: OpenedLocation): Promise<void> {
    const text = formatS3Location(location);
    await this.#keep([{ location: text, isFolder }, ...this.#kept().filter((one) => one.location !== text)].slice(0, mostKept));
  }

  async remove(locations: readonly OpenedLocation['location'][]): Promise<void> {
    const texts = new Set(locations.map(formatS3Location));
    await this.#keep(this.#kept().filter(({ location }) => !texts.has(location)));
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #kept(): readonly Kept[] {
    return this.state.get<readonly Kept[]>(memory, []);
  }

  async #keep(kept: readonly Kept[]): Promise<void> {
    await this.state.update(memory, kept);
    this.#changed.fire();
  }
}
