// The graph of the workspace in the forms that `graph` writes.

import type { LineageGraph, LineageNode } from '../../../shared/lineage/lineageGraph';
import { mermaidFlowchart } from '../../../shared/lineage/mermaidFlowchart';
import { idText } from '../../../shared/lineage/searchNodes';
import type { ResourceNode } from '../../../shared/protocol/requests';
import { drawGraph } from './graphDrawing';

export const graphFormats = ['json', 'dot', 'mermaid', 'svg'] as const;
export type GraphFormat = (typeof graphFormats)[number];

export interface ReportedGraph {
  /** All of the workspace, in order. */
  readonly resources: readonly ResourceNode[];
  /** What is wanted of them. */
  readonly graph: LineageGraph;
  readonly title: string;
}

/** @param shownPath how the URI of a file is written. */
export function formatGraph({ resources, graph, title }: ReportedGraph, format: GraphFormat, shownPath: (uri: string) => string): string {
  switch (format) {
    case 'json':
      return jsonGraph(resources, graph, shownPath);
    case 'dot':
      return dotGraph(resources, graph);
    case 'mermaid':
      return mermaidFlowchart(
        graph.nodes.map((node) => ({ key: node.id, label: idText(node), type: typeOf(node) })),
        graph.edges.map(({ from, to }) => [from, to]),
      );
    case 'svg':
      return drawGraph(graph, title);
  }
}

/** What is defined several times is listed several times. `provider` and `inputs` together are the edges of the graph. */
function jsonGraph(resources: readonly ResourceNode[], { nodes }: LineageGraph, shownPath: (uri: string) => string): string {
  const shown = new Set(nodes.map(({ id }) => id));
  const listed = resources
    .filter(({ key }) => shown.has(key))
    .map(({ id, type, name, variant, kind, provider, uri, range, inputKeys, otherKeys = [] }) => {
      const inputs = [...inputKeys, ...otherKeys].filter((key) => shown.has(key)).map(writtenKey);
      return { id, type, name, variant, kind, provider, file: shownPath(uri), range, inputs };
    });
  return `${JSON.stringify({ version: 1, resources: listed })}\n`;
}

const dotShapes: Readonly<Record<string, string>> = {
  provider: 'cylinder',
  source: 'box',
  entity: 'diamond',
  feature: 'ellipse',
  label: 'ellipse',
  'training-set': 'folder',
};

function dotGraph(resources: readonly ResourceNode[], { nodes, edges }: LineageGraph): string {
  const kinds = new Map(resources.map(({ key, kind }) => [key, kind]));
  const lines = ['digraph sparkform {', '  rankdir=LR;', '  node [fontname="Helvetica", fontsize=11];'];
  for (const node of nodes) {
    const label = `${idText(node)}\n${kinds.get(node.id) ?? 'not defined'}`;
    const style = node.definition === undefined ? ', style=dashed' : '';
    lines.push(`  ${quote(writtenKey(node.id))} [label=${quote(label)}, shape=${dotShapes[typeOf(node)] ?? 'box'}${style}];`);
  }
  for (const { from, to } of edges) lines.push(`  ${quote(writtenKey(from))} -> ${quote(writtenKey(to))};`);
  lines.push('}');
  return `${lines.join('\n')}\n`;
}

function quote(text: string): string {
  return `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
}

function typeOf({ id }: LineageNode): string {
  return id.slice(0, id.indexOf(':'));
}

/** A variant that is left to the run is not written. */
function writtenKey(key: string): string {
  return key.endsWith(RUN_VARIANT) ? key.slice(0, -RUN_VARIANT.length) : key;
}

const RUN_VARIANT = '.${run}';
