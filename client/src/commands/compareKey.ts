// Which columns tell the rows of two tables apart: the user's choice, with that of the last time on top.

import { QuickPickItemKind, window, type Memento, type QuickPickItem } from 'vscode';
import { keyChoices, keyColumns, rememberKey, type RememberedKeys } from './compareKeyChoices';
import type { Column } from '../../../shared/table/table';

export interface KeyQuestion {
  readonly title: string;
  /** Under which the choice is remembered. */
  readonly target: string;
  /** Of each table. */
  readonly columns: readonly (readonly Column[])[];
}

const memory = 'sparkform.compareKeys';

/** Empty to compare without rows; undefined when the user declined. */
export async function pickKey(state: Memento, { title, target, columns }: KeyQuestion): Promise<readonly string[] | undefined> {
  const candidates = keyColumns(columns);
  if (candidates.length === 0) return [];
  const remembered = state.get<RememberedKeys>(memory, []);
  const { last, others } = keyChoices(candidates, remembered, target);
  const items: QuickPickItem[] = [
    ...(last.length === 0 ? [] : [separator('chosen last time')]),
    ...last.map(({ name, type }) => ({ label: name, description: type, picked: true })),
    ...(last.length === 0 ? [] : [separator('other columns')]),
    ...others.map(({ name, type }) => ({ label: name, description: type })),
  ];
  const placeHolder = 'Key: columns that tell rows apart, or none';
  const picked = await window.showQuickPick(items, { title, placeHolder, canPickMany: true, ignoreFocusOut: true });
  if (picked === undefined) return undefined;
  const key = picked.map(({ label }) => label);
  await state.update(memory, rememberKey(remembered, target, key));
  return key;
}

function separator(label: string): QuickPickItem {
  return { label, kind: QuickPickItemKind.Separator };
}
