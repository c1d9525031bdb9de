// The file stores of the workspace's Spark providers as the server last told them.

import { isDeepStrictEqual } from 'node:util';
import { EventEmitter, type Disposable, type Event } from 'vscode';
import { s3StoresRequest, type S3StoreNode } from '../../../shared/protocol/requests';
import type { LanguageServer } from '../languageClient';
import { disposeAll, type Owned } from '../owned';
import { Refresher } from '../refresher';
import type { ResourcesStore } from '../views/resourcesStore';

export class S3Stores implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #owned: Owned[];
  #all: readonly S3StoreNode[] = [];
  #loaded = false;
  readonly #refresher = new Refresher(() => this.#load());

  /** The list differs from what it was, or was told for the first time. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(
    private readonly server: LanguageServer,
    resources: ResourcesStore,
  ) {
    this.#owned = [this.#changed, resources.onDidChange(() => void this.#refresher.refresh())];
  }

  get all(): readonly S3StoreNode[] {
    return this.#all;
  }

  /** False until the server has answered once. */
  get loaded(): boolean {
    return this.#loaded;
  }

  /** Of the buckets, as definitions name them; a bucket that has two in them is left out. */
  get regions(): Readonly<Record<string, string>> {
    const named = new Map<string, Set<string>>();
    for (const { place } of this.#all) {
      if (place.kind !== 'known' || place.region === undefined) continue;
      named.set(place.bucket, (named.get(place.bucket) ?? new Set()).add(place.region));
    }
    return Object.fromEntries(
      [...named].flatMap(([bucket, [region, ...others]]) => (region === undefined || others.length > 0 ? [] : [[bucket, region]])),
    );
  }

  dispose(): void {
    disposeAll(this.#owned);
  }

  async #load(): Promise<void> {
    let answer: readonly S3StoreNode[];
    try {
      answer = await this.server.request(s3StoresRequest, undefined);
    } catch {
      // The connection went down under the request; the server's next start announces the resources again.
      return;
    }
    if (this.#loaded && isDeepStrictEqual(answer, this.#all)) return;
    this.#all = answer;
    this.#loaded = true;
    this.#changed.fire();
  }
}
