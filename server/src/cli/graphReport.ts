// The graph of the workspace in the forms that `graph` writes.

import { mermaidFlowchart } from '../../../shared/lineage/mermaidFlowchart';

export interface GraphResource {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly variant: string | undefined;
  readonly kind: string;
  readonly provider: string | undefined;
  readonly file: string;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
  /** Keys with their type in front: `source:name.variant`. */
  readonly inputs: readonly string[];
}

export function formatGraph(resources: readonly GraphResource[], format: 'json' | 'dot' | 'mermaid'): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify({ version: 1, resources })}\n`;
    case 'dot':
      return dotGraph(resources);
    case 'mermaid':
      return mermaidFlowchart(
        unique(resources).map((one) => ({ key: keyOf(one), label: one.id, type: one.type })),
        edges(resources),
      );
  }
}

const dotShapes: Readonly<Record<string, string>> = {
  provider: 'cylinder',
  source: 'box',
  entity: 'diamond',
  feature: 'ellipse',
  label: 'ellipse',
  'training-set': 'folder',
};

function dotGraph(resources: readonly GraphResource[]): string {
  const lines = ['digraph sparkform {', '  rankdir=LR;', '  node [fontname="Helvetica", fontsize=11];'];
  for (const one of unique(resources)) {
    const label = `${one.id}\n${one.kind}`;
    lines.push(`  ${quote(keyOf(one))} [label=${quote(label)}, shape=${dotShapes[one.type] ?? 'box'}];`);
  }
  for (const [input, key] of edges(resources)) lines.push(`  ${quote(input)} -> ${quote(key)};`);
  lines.push('}');
  return `${lines.join('\n')}\n`;
}

function quote(text: string): string {
  return `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
}

/** A duplicate definition is one node of a drawing. */
function unique(resources: readonly GraphResource[]): readonly GraphResource[] {
  return [...new Map(resources.map((one) => [keyOf(one), one])).values()];
}

function edges(resources: readonly GraphResource[]): readonly (readonly [string, string])[] {
  const found = new Map<string, readonly [string, string]>();
  for (const one of resources) for (const input of one.inputs) found.set(`${input} ${keyOf(one)}`, [input, keyOf(one)]);
  return [...found.values()];
}

function keyOf(resource: GraphResource): string {
  return `${resource.type}:${resource.id}`;
}
