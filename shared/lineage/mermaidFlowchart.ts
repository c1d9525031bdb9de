// A graph as text that Mermaid draws.

export interface FlowchartNode {
  readonly key: string;
  readonly label: string;
  /** What its shape tells: `provider`, `source`, `training-set`; unknown ones are boxes. */
  readonly type: string;
}

const shapes: Readonly<Record<string, readonly [string, string]>> = {
  provider: ['[(', ')]'],
  source: ['[', ']'],
  entity: ['{', '}'],
  feature: ['([', '])'],
  label: ['([', '])'],
  'training-set': ['[[', ']]'],
};

/**
 * @param edges pairs of keys; keys that no node has are nodes labelled by what follows their type
 * @returns lines, the last one ended like the others
 */
export function mermaidFlowchart(
  nodes: readonly FlowchartNode[],
  edges: readonly (readonly [from: string, to: string])[],
  direction: 'LR' | 'TD' = 'LR',
): string {
  // Mermaid takes few characters in node ids, so nodes are numbered and labelled.
  const numbers = new Map<string, string>();
  const nameOf = (key: string): string => {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const fresh = `n${numbers.size}`;
    numbers.set(key, fresh);
    return fresh;
  };
  const lines = [`flowchart ${direction}`];
  for (const { key, label, type } of nodes) {
    const [open, close] = shapes[type] ?? ['[', ']'];
    lines.push(`  ${nameOf(key)}${open}${quoted(label)}${close}`);
  }
  for (const [from, to] of edges) {
    const isNew = !numbers.has(from);
    const name = nameOf(from);
    if (isNew) lines.push(`  ${name}[${quoted(from.slice(from.indexOf(':') + 1))}]`);
    lines.push(`  ${name} --> ${nameOf(to)}`);
  }
  return `${lines.join('\n')}\n`;
}

function quoted(text: string): string {
  return `"${text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/\n/g, ' ')}"`;
}
