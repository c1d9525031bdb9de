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
  search: 'M7 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8M10 10l3.5 3.5',
} as const;

export type IconName = keyof typeof paths;

export function icon(name: IconName): SVGSVGElement {
  const svg = svgElement('svg', { class: `icon icon-${name}`, viewBox: '0 0 16 16', width: '16', height: '16', 'aria-hidden': 'true' });
  svg.append(
    svgElement('path', {
      d: paths[name],
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': name === 'more' || name === 'grip' ? '2' : '1.25',
    }),
  );
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
