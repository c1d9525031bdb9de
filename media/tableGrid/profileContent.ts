// A profile as elements: numbers, a histogram (a picture, and a table for those who do not see it), frequent values.

import type { ProfileView, TableColumnView } from '../../shared/protocol/tableView';
import { button, element } from '../shared/element';
import { svgElement } from '../shared/icon';

const histogramWidth = 320;
const histogramHeight = 96;

export function profileContent(profile: ProfileView, column: TableColumnView, onFilter: (text: string) => void): readonly HTMLElement[] {
  const parts: HTMLElement[] = [facts(profile)];
  if (profile.histogram.length > 0) parts.push(histogram(profile));
  if (profile.frequent.length > 0) parts.push(frequentValues(profile, column, onFilter));
  return parts;
}

function facts({ rows, nulls, min, max, distinct, source }: ProfileView): HTMLElement {
  const isUnknown = [nulls, min, max, distinct].every((value) => value === undefined);
  if (source === 'footer' && isUnknown) return element('p', { class: 'quiet-text' }, 'The files hold no statistics of this column.');
  const list = element('dl', { class: 'profile-facts' });
  const unknown = source === 'footer' ? 'not in the statistics' : 'none';
  const add = (term: string, text: string | undefined, extra?: HTMLElement): void => {
    const value = element('dd', text === undefined ? { class: 'unknown' } : {}, text ?? unknown);
    if (extra) value.append(extra);
    list.append(element('div', {}, element('dt', {}, term), value));
  };
  add(
    'Null',
    nulls === undefined ? undefined : `${nulls.toLocaleString('en')} (${share(nulls, rows)})`,
    nulls === undefined || nulls === 0 ? undefined : meter(nulls, rows),
  );
  add('Distinct', distinct && `${distinct.exact ? '' : 'about '}${distinct.count.toLocaleString('en')}`);
  add('Smallest', min);
  add('Greatest', max);
  return list;
}

function meter(part: number, whole: number): HTMLElement {
  const fill = element('span', { class: 'fill' });
  fill.style.width = `${whole > 0 ? (100 * part) / whole : 0}%`;
  return element('span', { class: 'meter', 'aria-hidden': 'true' }, fill);
}

function histogram({ histogram: bars }: ProfileView): HTMLElement {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const step = histogramWidth / bars.length;
  const svg = svgElement('svg', {
    class: 'histogram',
    viewBox: `0 0 ${histogramWidth} ${histogramHeight}`,
    preserveAspectRatio: 'none',
    'aria-hidden': 'true',
  });
  for (const [index, { from, to, count }] of bars.entries()) {
    const height = count === 0 ? 0 : Math.max(1.5, (count / most) * histogramHeight);
    const bar = svgElement('rect', {
      x: String(index * step + 0.5),
      y: String(histogramHeight - height),
      width: String(Math.max(1, step - 1)),
      height: String(height),
    });
    // The whole column of the picture tells its numbers, small bars being hard to hit.
    const area = svgElement('rect', {
      class: 'area',
      x: String(index * step),
      y: '0',
      width: String(step),
      height: String(histogramHeight),
    });
    const title = svgElement('title', {});
    title.textContent = `${from} to ${to}: ${count.toLocaleString('en')}`;
    area.append(title);
    svg.append(bar, area);
  }
  const rows = bars.map(({ from, to, count }) =>
    element('tr', {}, element('th', { scope: 'row' }, `${from} to ${to}`), element('td', {}, count.toLocaleString('en'))),
  );
  const table = element('table', { class: 'hidden-heading' }, element('caption', {}, 'Histogram'), element('tbody', {}, ...rows));
  const axis = element(
    'div',
    { class: 'axis', 'aria-hidden': 'true' },
    element('span', {}, bars[0]?.from ?? ''),
    element('span', {}, bars.at(-1)?.to ?? ''),
  );
  return element('section', {}, element('h3', {}, 'Histogram'), svg, axis, table);
}

function frequentValues({ frequent, rows }: ProfileView, column: TableColumnView, onFilter: (text: string) => void): HTMLElement {
  const most = Math.max(1, ...frequent.map(({ count }) => count));
  const filterable = column.family !== 'nested' && column.family !== 'binary';
  const lines = frequent.map(({ text, count }) => {
    const shown = text === '' ? '(empty text)' : text;
    // A text of 200 characters may be cut: it could not be found again.
    const value =
      filterable && text.length < 200
        ? button(shown, { class: 'value', title: 'Show the rows with this value' }, () => {
            onFilter(text);
          })
        : element('span', { class: 'value' }, shown);
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, value, meter(count, most)),
      element('td', {}, count.toLocaleString('en')),
      element('td', { class: 'share' }, share(count, rows)),
    );
  });
  const heading = element('h3', {}, 'Most frequent values');
  return element(
    'section',
    {},
    heading,
    element('table', { class: 'frequent', 'aria-label': 'Most frequent values' }, element('tbody', {}, ...lines)),
  );
}

/** Per cent, with as many digits as say something. */
export function share(part: number, whole: number): string {
  const percent = whole > 0 ? (100 * part) / whole : 0;
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  if (percent < 100 && percent > 99.5) return '> 99 %';
  return `${percent === 0 || percent === 100 || percent >= 10 ? percent.toFixed(0) : percent.toFixed(1)} %`;
}
