// Small pictures, drawn in the colour of the text around them.

const paths = {
  ascending: 'M8 13V3.5M4 7l4-4 4 4',
  descending: 'M8 3v9.5M4 9l4 4 4-4',
  sort: 'M5 13V3.5M2.5 6 5 3.5 7.5 6M11 3v9.5M8.5 10 11 12.5l2.5-2.5',
  menu: 'M4 6.5 8 10.5l4-4',
  filter: 'M2.5 3.5h11L9.5 8.5v4l-3 1.5V8.5z',
  close: 'M4 4l8 8M12 4l-8 8',
  columns: 'M2.5 3.5h11v9h-11zM6.2 3.5v9M9.8 3.5v9',
  profile: 'M2.5 13.5h11M4 13V9M7 13V4.5M10 13V7M13 13v-2.5',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  grip: 'M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01',
  pin: 'M6 2.5h4M6.5 2.5v4L4.5 9.5h7l-2-3v-4M8 9.5V14',
  zoomIn: 'M8 3v10M3 8h10',
  zoomOut: 'M3 8h10',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  export: 'M8 10V2.5M5 5.5l3-3 3 3M2.5 10v3.5h11V10',
  follow: 'M8 2v3M8 11v3M2 8h3M11 8h3M8 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7',
  list: 'M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.01M2.5 8h.01M2.5 12h.01',
  graph: 'M2 6h4v4H2zM10 2.5h4v4h-4zM10 9.5h4v4h-4zM6 8h2M8 4.5v7M8 4.5h2M8 11.5h2',
  right: 'M2.5 8h10M9 4.5 12.5 8 9 11.5',
  down: 'M8 2.5v10M4.5 9 8 12.5 11.5 9',
  whole:
    'M2.5 8a1.5 1.5 0 1 0 3 0 1.5 1.5 0 0 0-3 0M10.5 4a1.5 1.5 0 1 0 3 0 1.5 1.5 0 0 0-3 0M10.5 12a1.5 1.5 0 1 0 3 0 1.5 1.5 0 0 0-3 0M5.3 7.3l5.4-2.6M5.3 8.7l5.4 2.6',
  search: 'M7 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8M10 10l3.5 3.5',
} as const;

export type IconName = keyof typeof paths;

export function icon(name: IconName): SVGSVGElement {
  return iconOf(paths[name], `icon-${name}`, name === 'more' || name === 'grip' ? '2' : '1.25');
}

/** @param path drawn as lines in a square of 16. */
export function iconOf(path: string, className: string, width = '1.25'): SVGSVGElement {
  const svg = svgElement('svg', { class: `icon ${className}`, viewBox: '0 0 16 16', width: '16', height: '16', 'aria-hidden': 'true' });
  svg.append(svgElement('path', { d: path, fill: 'none', stroke: 'currentColor', 'stroke-width': width }));
  return svg;
}

export function svgElement<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
): SVGElementTagNameMap[Name] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
