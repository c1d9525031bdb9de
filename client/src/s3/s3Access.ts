// How this window reaches S3: by the user's settings, and in the regions that definitions name for their buckets.

import { isDeepStrictEqual } from 'node:util';
import { EventEmitter, workspace, type Disposable, type Event } from 'vscode';
import type { ObjectStore, S3Settings } from '../../../shared/s3/objectStore';
import { openS3Store } from '../../../shared/s3/s3Store';
import { disposeAll, type Owned } from '../owned';
import { readS3Settings } from '../settings';
import type { S3Stores } from './s3Stores';

export class S3Access implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #settingsChanged = new EventEmitter<S3Settings>();
  readonly #owned: Owned[];
  #settings: S3Settings;
  #store: ObjectStore;

  /** The user has chosen another profile or server: what was read before may not be what is there. */
  readonly onDidChange: Event<void> = this.#changed.event;
  /** Also where definitions name another region. */
  readonly onDidChangeSettings: Event<S3Settings> = this.#settingsChanged.event;

  constructor(private readonly stores: S3Stores) {
    this.#settings = this.#read();
    this.#store = openS3Store(this.#settings);
    this.#owned = [
      this.#changed,
      this.#settingsChanged,
      stores.onDidChange(() => {
        this.#update();
      }),
      workspace.onDidChangeConfiguration((event) => {
        // Of `http`, the proxy: it changes what is reached, not what is there.
        if (event.affectsConfiguration('sparkform.s3') || event.affectsConfiguration('http')) this.#update();
        if (event.affectsConfiguration('sparkform.s3')) this.#changed.fire();
      }),
    ];
  }

  get settings(): S3Settings {
    return this.#settings;
  }

  get store(): ObjectStore {
    return this.#store;
  }

  /** Forgets the credentials that were found, so that they are looked for again. */
  renew(): void {
    this.#store = openS3Store(this.#settings);
  }

  dispose(): void {
    disposeAll(this.#owned);
  }

  #update(): void {
    const settings = this.#read();
    if (isDeepStrictEqual(settings, this.#settings)) return;
    this.#settings = settings;
    this.renew();
    this.#settingsChanged.fire(settings);
  }

  #read(): S3Settings {
    return { ...readS3Settings(), bucketRegions: this.stores.regions };
  }
}
