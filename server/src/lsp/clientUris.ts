// The same file can be spelled in several ways as a URI. The core knows one spelling; a client is answered in its own.

import type { Diagnostic, Location, LocationLink, WorkspaceEdit } from 'vscode-languageserver-types';
import { canonicalUri } from '../workspace/fileUris';

export class ClientUris {
  private readonly spelled = new Map<string, string>();

  /** The URI as the core spells it. */
  toCore(uri: string): string {
    return canonicalUri(uri);
  }

  /** The URI as the client spells it, as far as the client has spelled it. */
  toClient(uri: string): string {
    return this.spelled.get(uri) ?? uri;
  }

  /** The client opened a document under this spelling. */
  opened(uri: string): void {
    this.spelled.set(canonicalUri(uri), uri);
  }

  closed(uri: string): void {
    this.spelled.delete(canonicalUri(uri));
  }

  location(location: Location): Location {
    return { ...location, uri: this.toClient(location.uri) };
  }

  locationLink(link: LocationLink): LocationLink {
    return { ...link, targetUri: this.toClient(link.targetUri) };
  }

  diagnostic(diagnostic: Diagnostic): Diagnostic {
    const { relatedInformation } = diagnostic;
    if (relatedInformation === undefined) return diagnostic;
    return { ...diagnostic, relatedInformation: relatedInformation.map((one) => ({ ...one, location: this.location(one.location) })) };
  }

  workspaceEdit(edit: WorkspaceEdit): WorkspaceEdit {
    const changes = Object.entries(edit.changes ?? {}).map(([uri, edits]) => [this.toClient(uri), edits] as const);
    return { ...edit, changes: Object.fromEntries(changes) };
  }
}
