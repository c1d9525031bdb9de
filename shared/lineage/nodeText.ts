// Nodes in words: what a screen reader says, what a list and a drawing write.

import type { LastRun, LineageKind, LineageNode } from './lineageGraph';
import { idText } from './searchNodes';

export const kindWords: Readonly<Record<LineageKind, string>> = {
  user: 'user',
  provider: 'provider',
  source: 'source',
  'sql-transformation': 'SQL transformation',
  'dataframe-transformation': 'DataFrame transformation',
  entity: 'entity',
  feature: 'feature',
  label: 'label',
  'training-set': 'training set',
  model: 'model',
};

const runWords: Readonly<Record<LastRun['state'], string>> = {
  running: 'running',
  succeeded: 'last run succeeded',
  failed: 'last run failed',
  cancelled: 'last run cancelled',
};

export function countOf(count: number, word: string): string {
  return `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
}

/** What there is to know of a node besides its name, in the order of weight: `SQL transformation`, `2 errors`, `last run failed`. */
export function nodeFacts({ kind, folder, definition, errors, warnings, lastRun }: LineageNode): readonly string[] {
  return [
    kindWords[kind],
    ...(folder === undefined ? [] : [`in ${folder}`]),
    ...(definition === undefined ? ['not defined'] : []),
    ...(errors > 0 ? [countOf(errors, 'error')] : []),
    ...(warnings > 0 ? [countOf(warnings, 'warning')] : []),
    ...(lastRun === undefined ? [] : [runWords[lastRun.state]]),
  ];
}

/** A sentence for those who hear the node: `average.v1, SQL transformation, 2 errors, fed by 1, feeds 3`. */
export function spokenNode(node: LineageNode, inputs: number, outputs: number): string {
  return [
    idText(node),
    ...nodeFacts(node),
    inputs === 0 ? 'fed by nothing' : `fed by ${inputs.toLocaleString('en')}`,
    outputs === 0 ? 'feeds nothing' : `feeds ${outputs.toLocaleString('en')}`,
  ].join(', ');
}
