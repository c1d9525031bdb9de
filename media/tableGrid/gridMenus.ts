// What the menus of the grid offer.

import type { CopyFormat, ExportFormat, FilterOperator, RowChoice, TableColumnView } from '../../shared/protocol/tableView';
import type { CellText } from '../../shared/table/cellText';
import { keyText } from './gridKeys';
import type { MenuEntry } from '../shared/menu';

export interface MenuActions {
  readonly sort: (column: TableColumnView, descending: boolean | undefined, add: boolean) => void;
  readonly askFilter: (column: TableColumnView) => void;
  readonly clearFilters: (column: TableColumnView) => void;
  readonly filter: (column: TableColumnView, operator: FilterOperator, values: readonly string[]) => void;
  readonly hide: () => void;
  readonly pin: (pinned: boolean) => void;
  readonly move: (step: -1 | 1) => void;
  readonly fit: () => void;
  readonly profile: () => void;
  readonly inspect: () => void;
  readonly copy: (format: CopyFormat) => void;
  readonly showColumns: () => void;
  readonly exportRows: (format: ExportFormat) => void;
}

export interface ColumnState {
  readonly view: TableColumnView;
  readonly pinned: boolean;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly isOnly: boolean;
}

export function columnMenu(
  { view, pinned, isFirst, isLast, isOnly }: ColumnState,
  choice: RowChoice,
  actions: MenuActions,
): readonly MenuEntry[] {
  const key = choice.sort.find(({ column }) => column === view.name);
  const others = choice.sort.filter((other) => other !== key);
  const filtered = choice.filters.some(({ column }) => column === view.name);
  const further = (descending: boolean): MenuEntry => ({
    label: `Then Sort ${descending ? 'Descending' : 'Ascending'}`,
    run: () => {
      actions.sort(view, descending, true);
    },
  });
  const order = (descending: boolean): MenuEntry => ({
    label: descending ? 'Sort Descending' : 'Sort Ascending',
    checked: key?.descending === descending,
    run: () => {
      actions.sort(view, descending, false);
    },
  });
  return [
    order(false),
    order(true),
    ...(others.length > 0 ? [further(false), further(true)] : []),
    {
      label: 'Do Not Sort',
      disabled: !key,
      run: () => {
        actions.sort(view, undefined, true);
      },
    },
    'separator',
    {
      label: 'Filter…',
      run: () => {
        actions.askFilter(view);
      },
    },
    {
      label: 'Remove Filters',
      disabled: !filtered,
      run: () => {
        actions.clearFilters(view);
      },
    },
    'separator',
    { label: 'Profile', key: keyText('profile'), run: actions.profile },
    'separator',
    {
      label: pinned ? 'Unpin' : 'Pin to the Left',
      run: () => {
        actions.pin(!pinned);
      },
    },
    {
      label: 'Move Left',
      key: keyText('moveLeft'),
      disabled: isFirst,
      run: () => {
        actions.move(-1);
      },
    },
    {
      label: 'Move Right',
      key: keyText('moveRight'),
      disabled: isLast,
      run: () => {
        actions.move(1);
      },
    },
    { label: 'Fit to the Contents', run: actions.fit },
    { label: 'Hide', disabled: isOnly, run: actions.hide },
    { label: 'Columns…', key: keyText('columns'), run: actions.showColumns },
  ];
}

export function copyMenu(actions: MenuActions): readonly MenuEntry[] {
  const formats: readonly (readonly [CopyFormat, string])[] = [
    ['tsv', 'Tab-Separated'],
    ['json', 'JSON'],
    ['markdown', 'Markdown'],
    ['sql', 'SQL Values'],
  ];
  return formats.map(([format, name]) => ({
    label: `Copy as ${name}`,
    ...(format === 'tsv' ? { key: keyText('copy') } : {}),
    run: () => {
      actions.copy(format);
    },
  }));
}

export function exportMenu(actions: MenuActions): readonly MenuEntry[] {
  return [
    {
      label: 'Export Rows as CSV…',
      run: () => {
        actions.exportRows('csv');
      },
    },
    {
      label: 'Export Rows as JSON Lines…',
      run: () => {
        actions.exportRows('jsonl');
      },
    },
    {
      label: 'Export Rows as Parquet…',
      run: () => {
        actions.exportRows('parquet');
      },
    },
  ];
}

/** @param cell undefined while it is not here */
export function cellMenu(column: TableColumnView, cell: CellText | undefined, actions: MenuActions): readonly MenuEntry[] {
  return [
    { label: 'Show Value', key: keyText('inspect'), run: actions.inspect },
    { label: 'Profile of the Column', key: keyText('profile'), run: actions.profile },
    'separator',
    ...copyMenu(actions),
    'separator',
    ...valueFilters(column, cell, actions),
    {
      label: 'Filter…',
      run: () => {
        actions.askFilter(column);
      },
    },
    'separator',
    ...exportMenu(actions),
  ];
}

/** Only what a filter can find again: not what the grid has cut, and no nested values. */
function valueFilters(column: TableColumnView, cell: CellText | undefined, { filter }: MenuActions): readonly MenuEntry[] {
  if (cell === undefined || column.family === 'nested' || (typeof cell === 'object' && cell !== null)) return [];
  const entry = (label: string, operator: FilterOperator, values: readonly string[]): MenuEntry => ({
    label,
    run: () => {
      filter(column, operator, values);
    },
  });
  if (cell === null) return [entry('Keep Rows That Are Null Here', 'null', []), entry('Hide Rows That Are Null Here', 'filled', [])];
  const keep = entry('Keep Rows with This Value', '=', [cell]);
  return column.family === 'boolean' ? [keep] : [keep, entry('Hide Rows with This Value', '<>', [cell])];
}
