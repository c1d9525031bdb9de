// What stands in the place of the lineage while there is none to show.

import { countOf } from '../../shared/lineage/nodeText';
import { button, element } from '../shared/element';

export function notice(role: 'status' | 'alert', title: string | undefined, text: string, ...buttons: readonly HTMLElement[]): HTMLElement {
  return element(
    'div',
    { class: 'notice', role },
    ...(title === undefined ? [] : [element('h2', {}, title)]),
    element('p', {}, text),
    ...buttons,
  );
}

export function waitingNotice(): HTMLElement {
  return notice('status', undefined, 'Reading the definitions…');
}

export function problemNotice(reason: string, onRetry: () => void): HTMLElement {
  return notice('alert', 'The lineage cannot be shown', reason, button('Try Again', {}, onRetry));
}

export function noResourcesNotice(): HTMLElement {
  return notice('status', 'No resources', 'Nothing in this workspace is defined with Featureform yet.');
}

/** @param focus its id as people write it */
export function lostFocusNotice(focus: string, onWhole: () => void): HTMLElement {
  const title = `"${focus}" is not in the workspace`;
  return notice('status', title, 'It may have been renamed or deleted.', button('Show the Whole Graph', {}, onWhole));
}

export function allHiddenNotice(count: number, onShowAll: () => void): HTMLElement {
  const text = `The filter hides all ${countOf(count, 'resource')}.`;
  return notice('status', 'All resources are hidden', text, button('Show All Kinds', {}, onShowAll));
}
