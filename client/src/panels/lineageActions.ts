// What a lineage view asks its host to do with a node. Whatever needs to talk to the user is a command.

import { DiagnosticSeverity, Uri, ViewColumn, commands, env, languages, window, type Diagnostic } from 'vscode';
import type { LineageViewMethods } from '../../../shared/protocol/lineageView';
import { resourcePlaceRequest, type ResourcePlace } from '../../../shared/protocol/requests';
import type { Handlers } from '../../../shared/protocol/webviewRpc';
import { showRange, toRange } from '../commands/showRange';
import { exportLineage } from './lineageExport';
import type { LineageHome, LineageServices } from './lineageViews';

export function lineageActions(
  { column }: Pick<LineageHome, 'column'>,
  { server, resources }: Pick<LineageServices, 'server' | 'resources'>,
): Omit<Handlers<LineageViewMethods>, 'open' | 'setSettings'> {
  /** The name in the definition; of what nothing defines, the first mention. */
  const placeOf = async (id: string): Promise<ResourcePlace> => {
    const resource = resources.withKey(id);
    if (resource !== undefined) return { uri: resource.uri, range: resource.selection };
    const mention = await server.request(resourcePlaceRequest, { key: id });
    if (mention === null) throw new Error(`Nothing in this workspace defines or mentions “${nameIn(id)}” any more.`);
    return mention;
  };
  return {
    openDefinition: async ({ id, beside, keepFocus = false }) => {
      const { uri, range } = await placeOf(id);
      await showRange(uri, range, {
        viewColumn: beside ? ViewColumn.Beside : columnFor(column()),
        ...(keepFocus && { preserveFocus: true, preview: true }),
      });
      return null;
    },
    showProblems: async ({ id }) => {
      const resource = resources.withKey(id);
      const place = resource === undefined ? await placeOf(id) : { uri: resource.uri, range: resource.range };
      const [first] = problemsIn(place);
      const range = first?.range ?? toRange(place.range);
      await showRange(place.uri, { start: range.start, end: range.start }, { viewColumn: columnFor(column()) });
      if (first !== undefined) await commands.executeCommand('editor.action.marker.next');
      return null;
    },
    run: ({ id }) => {
      // It tells the user by itself how it goes, and may take hours.
      void commands.executeCommand('sparkform.run', id);
      return Promise.resolve(null);
    },
    preview: ({ id }) => {
      void commands.executeCommand('sparkform.preview', id);
      return Promise.resolve(null);
    },
    copyText: async ({ text }) => {
      await env.clipboard.writeText(text);
      return null;
    },
    export: exportLineage,
  };
}

/**
 * Where documents go when a view covers a column of editors: beside it, not over it.
 * @param covered undefined for a view that covers none.
 */
function columnFor(covered: ViewColumn | undefined): ViewColumn {
  if (covered === undefined) return ViewColumn.Active;
  const other = window.visibleTextEditors.find(({ viewColumn }) => viewColumn !== undefined && viewColumn !== covered);
  return other?.viewColumn ?? (covered === ViewColumn.One ? ViewColumn.Two : ViewColumn.One);
}

/** Errors before warnings, in the order of the text. */
function problemsIn({ uri, range }: ResourcePlace): readonly Diagnostic[] {
  const place = toRange(range);
  return languages
    .getDiagnostics(Uri.parse(uri))
    .filter(
      (one) => one.source === 'sparkform' && one.severity <= DiagnosticSeverity.Warning && place.intersection(one.range) !== undefined,
    )
    .sort((a, b) => a.severity - b.severity || a.range.start.compareTo(b.range.start));
}

/** The id that people know of a key, which may have a type in front and a folder behind. */
function nameIn(key: string): string {
  return key.slice(key.indexOf(':') + 1).replace(/ in \S*$/, '');
}
