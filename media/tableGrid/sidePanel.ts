// What stands beside the grid: a title, buttons, and something to read.

import { button, element } from '../shared/element';
import { icon } from '../shared/icon';

export class SidePanel {
  readonly root: HTMLElement;
  private readonly title = element('h2');
  private readonly subtitle = element('p', { class: 'type' });

  constructor(label: string, closeLabel: string, buttons: readonly HTMLElement[], content: HTMLElement, onClose: () => void) {
    const close = button(icon('close'), { class: 'quiet icon-button', 'aria-label': closeLabel, title: 'Close (Escape)' }, onClose);
    const heading = element('div', { class: 'heading' }, this.title, this.subtitle);
    this.root = element('aside', { class: 'side', 'aria-label': label }, element('header', {}, heading, ...buttons, close), content);
    this.root.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') onClose();
    });
    this.root.hidden = true;
  }

  get isOpen(): boolean {
    return !this.root.hidden;
  }

  open(): void {
    this.root.hidden = false;
  }

  close(): void {
    this.root.hidden = true;
  }

  setTitle(title: string, subtitle: string): void {
    this.title.textContent = title;
    this.subtitle.textContent = subtitle;
  }
}
