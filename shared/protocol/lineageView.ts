// What the lineage view asks of its host, and what the host tells it. The view has the whole graph and decides itself how
// much of it is shown; the host knows the editor, the files and the user's choices.

import type { LineageChange, LineageGraph, LineageKind } from '../lineage/lineageGraph';
import type { LayoutDirection } from '../lineage/graphLayout';

/** How many steps from the focus are shown; `all` for everything that feeds it or that it feeds. */
export type LineageDepth = number | 'all';

/** What the user has chosen for all lineage views; the host keeps it. */
export interface LineageSettings {
  readonly upstream: LineageDepth;
  readonly downstream: LineageDepth;
  readonly direction: LayoutDirection;
  /** Whether the focus follows the cursor of the editor. */
  readonly followCursor: boolean;
}

export const defaultLineageSettings: LineageSettings = { upstream: 2, downstream: 2, direction: 'right', followCursor: true };

/** A graph with the number by which changes refer to it. */
export interface LineageVersion {
  readonly revision: number;
  readonly graph: LineageGraph;
}

export interface LineageViewStart extends LineageVersion {
  /** The id of the node to begin with; undefined shows the whole graph. */
  readonly focus: string | undefined;
  /** A command has asked for the focus, which then goes before what the view looked at earlier. */
  readonly asked?: boolean;
  readonly settings: LineageSettings;
}

export type LineageExportFormat = 'svg' | 'png' | 'mermaid';

export interface LineageExport {
  readonly format: LineageExportFormat;
  /** A name for the file, without its extension. */
  readonly name: string;
  /** Text; base64 of the bytes for `png`. */
  readonly content: string;
}

export interface LineageViewMethods {
  /** The page is ready: events may be sent from now on. Rejects with the reason when there is no graph to be had. */
  readonly open: { readonly params: null; readonly result: LineageViewStart };
  /** Shows the definition in an editor; of what nothing defines, its first mention. */
  readonly openDefinition: {
    readonly params: {
      readonly id: string;
      /** In the column beside. */
      readonly beside: boolean;
      /** The keyboard stays in the view, and the editor shows what is looked at next in its place. */
      readonly keepFocus?: boolean;
    };
    readonly result: null;
  };
  /** Shows the problems of the definition, or of the mentions of what nothing defines. */
  readonly showProblems: { readonly params: { readonly id: string }; readonly result: null };
  readonly run: { readonly params: { readonly id: string }; readonly result: null };
  /** Opens the newest output as a table. */
  readonly preview: { readonly params: { readonly id: string }; readonly result: null };
  readonly copyText: { readonly params: { readonly text: string }; readonly result: null };
  /** Writes a file that the user chooses; null when they choose none. */
  readonly export: { readonly params: LineageExport; readonly result: { readonly file: string } | null };
  /** The user has chosen otherwise in this view. */
  readonly setSettings: { readonly params: LineageSettings; readonly result: null };
}

export interface LineageViewEvents {
  /** Something else altogether: another workspace, or too much has changed to say what. */
  readonly graph: LineageVersion;
  /** The graph of revision `since` became that of `revision`. A view that has another one asks `open` again. */
  readonly changed: {
    readonly since: number;
    readonly revision: number;
    readonly change: LineageChange;
    /** What the cursor is on now: under another name, or new. As in `focus`, for views that follow the cursor. */
    readonly focus?: string;
  };
  /**
   * What the cursor is on, or what a command asked for. The view looks at it when it follows the cursor, and always when
   * `asked` is true.
   */
  readonly focus: { readonly id: string; readonly asked: boolean };
  /** The user has chosen otherwise elsewhere. */
  readonly settings: LineageSettings;
  /** The graph cannot be had any more: why, in a sentence. */
  readonly lost: { readonly reason: string };
}

/** What the view keeps over a reload of the window. */
export interface LineageViewState {
  /** Undefined while the whole graph is shown. */
  readonly focus: string | undefined;
  /** What the keyboard is at. */
  readonly active: string | undefined;
  readonly settings: LineageSettings;
  readonly hiddenKinds: readonly LineageKind[];
  /** Nodes whose inputs, or outputs, were opened by hand. */
  readonly expandedUpstream: readonly string[];
  readonly expandedDownstream: readonly string[];
  readonly columns: boolean;
  readonly form: 'graph' | 'list';
  /** Where the origin of the drawing stands in the window, and how many pixels one of the drawing has. */
  readonly view: { readonly x: number; readonly y: number; readonly scale: number } | undefined;
}
