// The card of one node.

import { writtenColumns } from '../../shared/lineage/cardSize';
import { kindIconPaths } from '../../shared/lineage/kindIcons';
import type { LastRun, LineageNode } from '../../shared/lineage/lineageGraph';
import { countOf, kindWords, nodeFacts, spokenNode } from '../../shared/lineage/nodeText';
import { idText } from '../../shared/lineage/searchNodes';
import { element } from '../shared/element';
import { iconOf } from '../shared/icon';

export interface CardFacts {
  readonly inputs: number;
  readonly outputs: number;
  /** How many of these are not shown. */
  readonly moreInputs: number;
  readonly moreOutputs: number;
  readonly withColumns: boolean;
}

const runSigns: Readonly<Record<LastRun['state'], { readonly sign: string; readonly title: string }>> = {
  running: { sign: '', title: 'Running' },
  succeeded: { sign: '✓', title: 'The last run succeeded' },
  failed: { sign: '✗', title: 'The last run failed' },
  cancelled: { sign: '⊘', title: 'The last run was cancelled' },
};

export function cardElement(node: LineageNode, facts: CardFacts): HTMLElement {
  const { kind, name, variant, definition, lastRun, errors, warnings } = node;
  const isDefined = definition !== undefined;
  const words = [...(variant === undefined ? [] : [variant]), isDefined ? kindWords[kind] : `${kindWords[kind]}, not defined`];
  const head = element(
    'span',
    { class: 'card-head', 'aria-hidden': 'true', title: cardTitle(node) },
    iconOf(kindIconPaths[kind], 'kind-icon'),
    element('span', { class: 'card-name' }, name),
    element(
      'span',
      { class: 'badges' },
      ...(errors > 0 ? [badge('errors', String(errors), countOf(errors, 'error'))] : []),
      ...(warnings > 0 ? [badge('warnings', String(warnings), countOf(warnings, 'warning'))] : []),
      ...(lastRun ? [badge(`run ${lastRun.state}`, runSigns[lastRun.state].sign, runTitle(lastRun))] : []),
    ),
    element('span', { class: 'card-words' }, words.join(' · ')),
  );
  const root = element(
    'div',
    {
      class: `card kind-${kind}${isDefined ? '' : ' undefined'}`,
      role: 'group',
      tabindex: '-1',
      'aria-roledescription': 'node',
      'aria-label': spokenNode(node, facts.inputs + facts.moreInputs, facts.outputs + facts.moreOutputs),
      'data-id': node.id,
    },
    head,
  );
  if (facts.withColumns && (node.columns ?? []).length > 0) root.append(columnList(node));
  if (facts.moreInputs > 0) root.append(more('inputs', facts.moreInputs));
  if (facts.moreOutputs > 0) root.append(more('outputs', facts.moreOutputs));
  return root;
}

/** Only for the pointer: keys and the menu do the same. */
function more(side: 'inputs' | 'outputs', count: number): HTMLElement {
  const word = side === 'inputs' ? 'input' : 'output';
  return element(
    'span',
    { class: `more more-${side}`, 'data-more': side, 'aria-hidden': 'true', title: `Show ${countOf(count, `more ${word}`)}` },
    `+${count.toLocaleString('en')}`,
  );
}

function badge(className: string, text: string, title: string): HTMLElement {
  return element('span', { class: `badge ${className}`, title }, text);
}

function runTitle({ state, message }: LastRun): string {
  const { title } = runSigns[state];
  return message === undefined ? title : `${title}: ${message}`;
}

function cardTitle(node: LineageNode): string {
  const facts = nodeFacts(node).join(', ');
  const provider = node.provider === undefined ? '' : `\nProvider: ${node.provider}`;
  return `${idText(node)}\n${facts}${provider}${node.description === undefined ? '' : `\n${node.description}`}`;
}

function columnList(node: LineageNode): HTMLElement {
  const { columns, more: left } = writtenColumns(node);
  return element(
    'span',
    { class: 'card-columns', 'aria-hidden': 'true' },
    ...columns.map(({ name, type }) =>
      element(
        'span',
        { class: 'card-column' },
        element('span', { class: 'column-name' }, name),
        element('span', { class: 'column-type' }, type ?? ''),
      ),
    ),
    ...(left > 0 ? [element('span', { class: 'card-column' }, `and ${left.toLocaleString('en')} more`)] : []),
  );
}
