// What the entries of the menus do to the table.

import type { CopyFormat } from '../../shared/protocol/tableView';
import type { ArrangedColumns } from './arrangedColumns';
import { showFilterDialog } from './filterDialog';
import type { MenuActions } from './gridMenus';
import type { QueryRunner } from './queryRunner';
import type { SidePanels } from './sidePanels';
import type { TableGrid } from './tableGrid';
import type { TableHost } from './tableHost';
import { exportRows } from './takeAway';

export interface GridParts {
  readonly host: TableHost;
  readonly grid: TableGrid;
  readonly columns: ArrangedColumns;
  readonly runner: QueryRunner;
  readonly side: SidePanels;
  readonly announce: (text: string) => void;
  readonly copy: (format: CopyFormat) => void;
  readonly showColumns: () => void;
}

export function gridActions({ host, grid, columns, runner, side, announce, copy, showColumns }: GridParts): MenuActions {
  const activeName = (): string => columns.shown[grid.active.column]?.view.name ?? '';
  return {
    sort: ({ name }, descending, add) => {
      const others = add ? runner.choice.sort.filter(({ column }) => column !== name) : [];
      runner.change({ sort: descending === undefined ? others : [...others, { column: name, descending }] });
    },
    askFilter: (column) => {
      showFilterDialog({
        column,
        filter: undefined,
        place: grid.anchor('header'),
        returnFocus: grid.root,
        onApply: (filter) => {
          runner.addFilter(filter);
        },
        onRemove: () => undefined,
      });
    },
    clearFilters: ({ name }) => {
      runner.change({ filters: runner.choice.filters.filter(({ column }) => column !== name) });
    },
    filter: ({ name }, operator, values) => {
      runner.addFilter({ column: name, operator, values });
    },
    hide: () => {
      const name = activeName();
      columns.hide(grid.active.column);
      announce(`Column ${name} hidden.`);
    },
    pin: (pinned) => {
      columns.pin(grid.active.column, pinned);
      announce(`Column ${activeName()} ${pinned ? 'pinned to the left' : 'unpinned'}.`);
    },
    move: (step) => {
      const from = grid.active.column;
      columns.move(from, from + step);
      const at = grid.active.column;
      grid.goToColumn(at);
      announce(`Column ${activeName()} is now number ${at + 1} of ${columns.shown.length}.`);
    },
    fit: () => {
      grid.fitColumn(grid.active.column);
    },
    profile: () => {
      side.show('profile');
    },
    inspect: () => {
      side.show('value');
    },
    copy,
    showColumns,
    exportRows: (format) => {
      const sources = columns.shown.map(({ source }) => source);
      void exportRows(host, { columns: sources, query: runner.query }, format).then((news) => {
        if (news !== undefined) announce(news);
      });
    },
  };
}
