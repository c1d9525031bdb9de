// The colours of the theme as canvases and files of pictures take them.

import { lineageKinds, type LineageKind } from '../../shared/lineage/lineageGraph';
import type { DrawingColours } from '../../shared/lineage/svgDrawing';
import { element } from '../shared/element';

export interface ThemeColours extends DrawingColours {
  readonly edgeDimmed: string;
  readonly highlight: string;
  readonly dimmedLine: string;
}

export function readThemeColours(): ThemeColours {
  const probe = element('span');
  probe.hidden = true;
  document.body.append(probe);
  const read = (variable: string): string => {
    probe.style.color = `var(--${variable})`;
    return toHex(getComputedStyle(probe).color);
  };
  const colours: ThemeColours = {
    background: read('surface'),
    card: read('card'),
    ink: read('ink'),
    quiet: read('quiet'),
    line: read('card-line'),
    dimmedLine: read('card-line-dimmed'),
    edge: read('edge'),
    edgeDimmed: read('edge-dimmed'),
    highlight: read('highlight'),
    back: read('back'),
    error: read('error'),
    warning: read('warning'),
    succeeded: read('succeeded'),
    running: read('running'),
    kinds: Object.fromEntries(lineageKinds.map((kind) => [kind, read(`kind-${kind}`)])) as Readonly<Record<LineageKind, string>>,
  };
  probe.remove();
  return colours;
}

/** `rgb(…)` in bytes, `color(srgb …)` in parts of one; what is behind it shows through no more. */
export function toHex(colour: string): string {
  const parts = (/\(([^)]*)\)/.exec(colour)?.[1] ?? '').split(/[\s,/]+/).filter((part) => part !== '' && part !== 'srgb');
  const scale = colour.startsWith('color(') ? 255 : 1;
  const bytes = parts.slice(0, 3).map((part) => Math.round(Math.max(0, Math.min(255, Number(part) * scale))));
  return `#${[0, 1, 2].map((index) => (bytes[index] ?? 0).toString(16).padStart(2, '0')).join('')}`;
}

/** Tells when the user has chosen another theme: VS Code changes the style of the page and a class of its body. */
export function onThemeChange(listener: () => void): void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['style', 'class', 'data-vscode-theme-kind'] });
}
