// Asks for a filter of one column: an operator and a value.

import type { ColumnFilter, FilterOperator, TableColumnView } from '../../shared/protocol/tableView';
import { button, element } from '../shared/element';
import type { Place } from '../shared/placement';
import { showPopover } from '../shared/popover';
import { filterMistake, operatorsOf, operatorTexts } from './rowChoice';

export interface FilterDialogOptions {
  readonly column: TableColumnView;
  /** The filter to change; undefined for a new one. */
  readonly filter: ColumnFilter | undefined;
  readonly place: Place;
  readonly returnFocus: HTMLElement;
  readonly onApply: (filter: ColumnFilter) => void;
  readonly onRemove: () => void;
}

export function showFilterDialog({ column, filter, place, returnFocus, onApply, onRemove }: FilterDialogOptions): void {
  const operators = operatorsOf(column);
  const operator = element('select', { 'aria-label': 'Condition', 'data-first': '' });
  for (const one of operators) operator.append(element('option', { value: one }, operatorTexts[one]));
  operator.value = filter?.operator ?? operators[0] ?? 'contains';
  const fields = valueFields(column, filter);
  const mistake = element('p', { class: 'mistake', role: 'alert' });
  const apply = button('Apply', { type: 'submit' });
  const cancel = button('Cancel', { class: 'secondary' }, () => {
    popover.close();
  });
  const remove = button('Remove', { class: 'secondary' }, () => {
    popover.close();
    onRemove();
  });
  remove.hidden = filter === undefined;
  const form = element(
    'form',
    { class: 'filter' },
    element('h2', {}, column.name),
    element('p', { class: 'type' }, column.type),
    operator,
    ...fields.roots,
    mistake,
    element('div', { class: 'buttons' }, apply, cancel, remove),
  );
  const update = (): void => {
    fields.show(operator.value as FilterOperator);
    mistake.textContent = '';
  };
  operator.addEventListener('change', update);
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const chosen = operator.value as FilterOperator;
    const made: ColumnFilter = { column: column.name, operator: chosen, values: fields.values(chosen) };
    const wrong = filterMistake(made, column);
    if (wrong !== undefined) {
      mistake.textContent = wrong;
      fields.focus(chosen);
      return;
    }
    popover.close();
    onApply(made);
  });
  update();
  const popover = showPopover(`Filter ${column.name}`, [form], place, returnFocus);
}

interface ValueFields {
  readonly roots: readonly HTMLElement[];
  readonly show: (operator: FilterOperator) => void;
  readonly values: (operator: FilterOperator) => readonly string[];
  readonly focus: (operator: FilterOperator) => void;
}

/** One line for one value, several for several, two choices for truth. */
function valueFields({ family, type }: TableColumnView, filter: ColumnFilter | undefined): ValueFields {
  const example = type === 'date' ? '2024-01-31' : type.startsWith('timestamp') ? '2024-01-31T12:00:00' : '';
  const one = element('input', {
    type: 'text',
    'aria-label': 'Value',
    placeholder: example === '' ? 'Value' : example,
    spellcheck: 'false',
  });
  const many = element('textarea', { 'aria-label': 'Values, one a line', placeholder: 'One value a line', rows: '5', spellcheck: 'false' });
  const truth = element(
    'select',
    { 'aria-label': 'Value' },
    element('option', { value: 'true' }, 'true'),
    element('option', { value: 'false' }, 'false'),
  );
  one.value = filter?.values[0] ?? '';
  many.value = filter?.values.join('\n') ?? '';
  truth.value = filter?.values[0] ?? 'true';
  const fieldOf = (operator: FilterOperator): HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | undefined => {
    if (operator === 'null' || operator === 'filled') return undefined;
    if (family === 'boolean') return truth;
    return operator === 'in' ? many : one;
  };
  return {
    roots: [one, many, truth],
    show: (operator) => {
      for (const field of [one, many, truth]) field.hidden = field !== fieldOf(operator);
    },
    values: (operator) => {
      const field = fieldOf(operator);
      if (!field) return [];
      if (field === many) return many.value.split('\n').filter((line) => line !== '');
      return [family === 'number' || family === 'time' ? field.value.trim() : field.value];
    },
    focus: (operator) => {
      fieldOf(operator)?.focus();
    },
  };
}
