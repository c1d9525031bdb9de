import { button, element } from '../shared/element';
import { icon } from '../shared/icon';

export interface ZoomButtons {
  readonly root: HTMLElement;
  readonly show: (scale: number) => void;
}

export interface ZoomButtonsOptions {
  readonly onZoom: (factor: number) => void;
  readonly onFit: () => void;
  readonly onReset: () => void;
}

export const zoomStep = 1.25;

export function zoomButtons({ onZoom, onFit, onReset }: ZoomButtonsOptions): ZoomButtons {
  const make = (name: 'zoomIn' | 'zoomOut' | 'fit', label: string, key: string, run: () => void): HTMLButtonElement =>
    button(icon(name), { class: 'quiet icon-button', 'aria-label': label, title: `${label} (${key})`, 'aria-keyshortcuts': key }, run);
  const text = element('span', { class: 'zoom-text' });
  const reset = button(text, { class: 'quiet zoom-reset', title: 'Zoom to 100 % (1)', 'aria-keyshortcuts': '1' }, onReset);
  const root = element(
    'div',
    { class: 'zoom', role: 'group', 'aria-label': 'Zoom' },
    make('zoomOut', 'Zoom Out', '-', () => {
      onZoom(1 / zoomStep);
    }),
    reset,
    make('zoomIn', 'Zoom In', '+', () => {
      onZoom(zoomStep);
    }),
    make('fit', 'Fit to Window', '0', onFit),
  );
  return {
    root,
    show: (scale) => {
      const percent = `${Math.round(scale * 100)} %`;
      if (text.textContent !== percent) text.textContent = percent;
    },
  };
}
