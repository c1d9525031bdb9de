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

  /** A location, or anything else that has the URI of its document. */
  located<T extends { readonly uri: string }>(item: T): T {
    return { ...item, uri: this.toClient(item.uri) };
  }

  /** Links for clients that take them, and locations for the others. */
  links(links: readonly LocationLink[], asLinks: boolean): LocationLink[] | Location[] {
    if (asLinks) return links.map((link) => ({ ...link, targetUri: this.toClient(link.targetUri) }));
    return links.map(({ targetUri, targetSelectionRange }) => ({ uri: this.toClient(targetUri), range: targetSelectionRange }));
  }

  diagnostic(diagnostic: Diagnostic): Diagnostic {
    const { relatedInformation } = diagnostic;
    if (relatedInformation === undefined) return diagnostic;
    return { ...diagnostic, relatedInformation: relatedInformation.map((one) => ({ ...one, location: this.located(one.location) })) };
  }

  /** Documents that are edited in their present version are told by it, where `versionOf` knows one. */
  workspaceEdit(edit: WorkspaceEdit, versionOf: (uri: string) => number | undefined = () => undefined): WorkspaceEdit {
    const { changes, documentChanges } = edit;
    const spelled = Object.entries(changes ?? {}).map(([uri, edits]) => [this.toClient(uri), edits] as const);
    return {
      ...edit,
      ...(changes !== undefined && { changes: Object.fromEntries(spelled) }),
      ...(documentChanges !== undefined && {
        documentChanges: documentChanges.map((change) => {
          if (!('textDocument' in change)) return change;
          const { uri } = change.textDocument;
          return { ...change, textDocument: { uri: this.toClient(uri), version: versionOf(uri) ?? null } };
        }),
      }),
    };
  }
}
