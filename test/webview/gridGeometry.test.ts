// The parts of the grid that need no browser: scrolling beyond the pixels of a page, columns, keys.

import { describe, expect, it } from 'vitest';
import { ColumnLayout } from '../../media/tableGrid/columnLayout';
import { moveSelection, selectCell, selectedRange } from '../../media/tableGrid/gridSelection';
import { RowScroll, rowHeight } from '../../media/tableGrid/rowScroll';

describe('a hundred million rows', () => {
  const scroll = (): RowScroll => {
    const made = new RowScroll(100_000_000);
    made.resize(480);
    return made;
  };

  it('fit into an element that browsers can make', () => {
    expect(scroll().extent).toBe(8_000_000);
    expect(scroll().visibleRows).toEqual({ start: 0, end: 20 });
  });

  it('are reached to the last by the scroll bar', () => {
    const rows = scroll();
    rows.scrolled(8_000_000 - 480);
    expect(rows.visibleRows).toEqual({ start: 99_999_980, end: 100_000_000 });
    rows.scrolled((8_000_000 - 480) / 2);
    expect(rows.visibleRows.start).toBe(49_999_990);
    rows.scrolled(0);
    expect(rows.visibleRows.start).toBe(0);
  });

  it('move by pixels in small steps, and the bar is put right after', () => {
    const rows = scroll();
    const start = rows.moveTo(50_000_000 * rowHeight);
    rows.scrolled(start + 100);
    expect(rows.top).toBe(50_000_000 * rowHeight + 100);
    const settled = rows.settle();
    expect(settled).toBe(start);
    // What the settling itself causes moves nothing.
    rows.scrolled(settled);
    expect(rows.top).toBe(50_000_000 * rowHeight + 100);
  });

  it('move by pixels near both ends, too, however far the bar is from what it would be in proportion', () => {
    const rows = scroll();
    const last = 100_000_000 * rowHeight - 480;
    for (const [from, by] of [
      [1000 * rowHeight, -120],
      [50 * rowHeight, -120],
      [6000 * rowHeight, -480],
      [last - 1000 * rowHeight, 120],
      [last - 6000 * rowHeight, 480],
    ] as const) {
      rows.scrolled(rows.moveTo(from) + by);
      expect(rows.top).toBe(from + by);
    }
  });

  it('follow the bar everywhere, without a gap', () => {
    const rows = scroll();
    let before = -1;
    for (let scrollTop = 0; scrollTop <= 8_000_000 - 480; scrollTop += 7_999_520 / 160) {
      // From afar, so that it is no step.
      rows.scrolled(scrollTop > 4_000_000 ? 0 : 8_000_000 - 480);
      rows.scrolled(scrollTop);
      expect(rows.top).toBeGreaterThan(before);
      expect(Math.abs(rows.settle() - scrollTop)).toBeLessThanOrEqual(1);
      before = rows.top;
    }
  });

  it('are revealed with as little movement as possible', () => {
    const rows = scroll();
    rows.reveal(10);
    expect(rows.top).toBe(0);
    rows.reveal(20);
    expect(rows.top).toBe(rowHeight);
    rows.reveal(99_999_999);
    expect(rows.visibleRows.end).toBe(100_000_000);
    rows.reveal(0);
    expect(rows.top).toBe(0);
  });
});

describe('few rows', () => {
  it('do not scroll', () => {
    const rows = new RowScroll(3);
    rows.resize(480);
    expect([rows.extent, rows.visibleRows]).toEqual([72, { start: 0, end: 3 }]);
    rows.scrolled(50);
    expect(rows.top).toBe(0);
    const none = new RowScroll(0);
    none.resize(480);
    expect(none.visibleRows).toEqual({ start: 0, end: 0 });
  });
});

describe('columns', () => {
  it('are found by position', () => {
    const layout = new ColumnLayout([100, 50, 200]);
    expect(layout.total).toBe(350);
    expect(layout.visible(0, 100)).toEqual({ start: 0, end: 1 });
    expect(layout.visible(99, 52)).toEqual({ start: 0, end: 3 });
    expect(layout.visible(149, 1)).toEqual({ start: 1, end: 2 });
    layout.resize(0, 10);
    expect([layout.width(0), layout.offset(1)]).toEqual([48, 48]);
    expect(new ColumnLayout([]).visible(0, 100)).toEqual({ start: 0, end: 0 });
  });
});

describe('a selection', () => {
  const size = { rows: 10, columns: 4, page: 5 };
  const press = (
    key: string,
    held: { readonly control?: boolean; readonly shift?: boolean } = {},
  ): Parameters<typeof moveSelection>[1] => ({
    key,
    control: held.control ?? false,
    shift: held.shift ?? false,
  });

  it('stays inside the table', () => {
    const corner = selectCell({ row: 0, column: 0 });
    expect(moveSelection(corner, press('ArrowUp'), size)).toEqual(corner);
    expect(moveSelection(corner, press('PageUp'), size)).toEqual(corner);
    expect(moveSelection(corner, press('End', { control: true }), size)?.active).toEqual({ row: 9, column: 3 });
    expect(moveSelection(selectCell({ row: 8, column: 2 }), press('PageDown'), size)?.active).toEqual({ row: 9, column: 2 });
  });

  it('grows from its anchor in any direction', () => {
    const from = selectCell({ row: 5, column: 2 });
    const up = moveSelection(from, press('PageUp', { shift: true }), size);
    expect(up && selectedRange(up)).toEqual({ startRow: 0, endRow: 6, startColumn: 2, endColumn: 3 });
    const all = moveSelection(from, press('a', { control: true }), size);
    expect(all && selectedRange(all)).toEqual({ startRow: 0, endRow: 10, startColumn: 0, endColumn: 4 });
  });

  it('leaves other keys to others', () => {
    expect(moveSelection(selectCell({ row: 0, column: 0 }), press('x'), size)).toBeUndefined();
  });
});
