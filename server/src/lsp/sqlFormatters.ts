// Tells the client which documents have our formatter: the open files of SQL that definitions read. Python has formatters of its own,
// and other files of SQL may be for any other system.

import {
  BulkRegistration,
  type BulkUnregistration,
  type Connection,
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
} from 'vscode-languageserver/node';
import { pathOfUri } from '../workspace/fileUris';
import type { ClientSupport } from './clientSupport';

export class SqlFormatters {
  private offered: readonly string[] = [];
  private registered: BulkUnregistration | undefined;
  /** One change is made behind the other. */
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly client: Connection['client'],
    private readonly onFailure: (cause: unknown) => void,
  ) {}

  /** From now on these documents have a formatter, and no others. */
  offerFor(uris: readonly string[], { registersFormatting, registersRangeFormatting }: ClientSupport): void {
    if (uris.length === this.offered.length && uris.every((uri, index) => uri === this.offered[index])) return;
    this.offered = uris;
    const documentSelector = uris.map((uri) => ({ scheme: 'file', pattern: patternOf(uri) }));
    const registration = BulkRegistration.create();
    if (registersFormatting) registration.add(DocumentFormattingRequest.type, { documentSelector });
    if (registersRangeFormatting) registration.add(DocumentRangeFormattingRequest.type, { documentSelector, rangesSupport: true });
    if (!registersFormatting && !registersRangeFormatting) return;
    this.queue = this.queue
      .then(async () => {
        const before = this.registered;
        this.registered = uris.length === 0 ? undefined : await this.client.register(registration);
        before?.dispose();
      })
      .catch(this.onFailure);
  }
}

/** A glob that matches one file: any character stands for those that mean something in globs. */
function patternOf(uri: string): string {
  return (pathOfUri(uri) ?? '').replace(/[*?{}[\]\\]/g, '?');
}
