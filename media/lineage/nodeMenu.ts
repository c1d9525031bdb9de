// What can be done with one node.

import type { LineageNode } from '../../shared/lineage/lineageGraph';
import { countOf } from '../../shared/lineage/nodeText';
import { idText } from '../../shared/lineage/searchNodes';
import { showMenu, type MenuEntry } from '../shared/menu';
import type { Point } from './viewport';

export interface NodeActions {
  readonly open: (id: string, beside: boolean) => void;
  readonly focus: (id: string) => void;
  readonly run: (id: string) => void;
  readonly preview: (id: string) => void;
  readonly showProblems: (id: string) => void;
  readonly more: (id: string, side: 'inputs' | 'outputs') => void;
  readonly copy: (text: string) => void;
}

export interface NodeMenuOptions {
  readonly node: LineageNode;
  readonly moreInputs: number;
  readonly moreOutputs: number;
  readonly place: HTMLElement | Point;
  readonly returnFocus: HTMLElement;
  readonly actions: NodeActions;
}

export function showNodeMenu({ node, moreInputs, moreOutputs, place, returnFocus, actions }: NodeMenuOptions): void {
  const { id, definition, runnable, previewable, errors, warnings } = node;
  const isDefined = definition !== undefined;
  const entries: readonly (MenuEntry | false)[] = [
    {
      label: isDefined ? 'Open Definition' : 'Open First Mention',
      key: 'Enter',
      run: () => {
        actions.open(id, false);
      },
    },
    {
      label: 'Open to the Side',
      key: 'Ctrl+Enter',
      run: () => {
        actions.open(id, true);
      },
    },
    {
      label: 'Focus',
      key: 'F',
      run: () => {
        actions.focus(id);
      },
    },
    'separator',
    runnable && {
      label: 'Run',
      run: () => {
        actions.run(id);
      },
    },
    (runnable || previewable === true) && {
      label: 'Preview',
      run: () => {
        actions.preview(id);
      },
    },
    errors + warnings > 0 && {
      label: 'Show Problems',
      run: () => {
        actions.showProblems(id);
      },
    },
    moreInputs > 0 && {
      label: `Show ${countOf(moreInputs, 'More Input')}`,
      key: '[',
      run: () => {
        actions.more(id, 'inputs');
      },
    },
    moreOutputs > 0 && {
      label: `Show ${countOf(moreOutputs, 'More Output')}`,
      key: ']',
      run: () => {
        actions.more(id, 'outputs');
      },
    },
    {
      label: 'Copy Id',
      run: () => {
        actions.copy(idText(node));
      },
    },
  ];
  showMenu(
    idText(node),
    entries.filter((entry) => entry !== false),
    place,
    returnFocus,
  );
}
