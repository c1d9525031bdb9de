// A drawing of the lineage as SVG text that needs nothing else: colours, sizes and fonts are written out.

import { cardHeight, columnHeight, columnsPadding, writtenColumns } from './cardSize';
import { edgePathData } from './edgePath';
import type { GraphLayout, PlacedNode, RoutedEdge } from './graphLayout';
import { kindIconPaths } from './kindIcons';
import { edgeKey, type LineageColumn, type LineageKind, type LineageNode } from './lineageGraph';
import type { ShownGraph } from './lineageIndex';
import { countOf, kindWords, nodeFacts } from './nodeText';
import { idText } from './searchNodes';

/** Colours as SVG knows them: `#rrggbb`. */
export interface DrawingColours {
  readonly background: string;
  readonly card: string;
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly edge: string;
  readonly back: string;
  readonly error: string;
  readonly warning: string;
  readonly succeeded: string;
  readonly running: string;
  readonly kinds: Readonly<Record<LineageKind, string>>;
}

export interface DrawingStyle {
  readonly colours: DrawingColours;
  /** A list of families. */
  readonly fontFamily: string;
  readonly title: string;
  /** As much of a text as fits into so many pixels. */
  readonly fit: (text: string, width: number, bold: boolean) => string;
}

const margin = 24;

export function svgDrawing(graph: ShownGraph, layout: GraphLayout, style: DrawingStyle): string {
  const { colours, fontFamily, title } = style;
  const [width, height] = [layout.width + 2 * margin, layout.height + 2 * margin];
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const indirect = new Set(graph.edges.filter((edge) => edge.indirect).map(edgeKey));
  const description = `${countOf(graph.nodes.length, 'resource')}, ${countOf(graph.edges.length, 'connection')}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-margin} ${-margin} ${width} ${height}" role="img" aria-labelledby="title description" font-family="${escapeXml(fontFamily)}" font-size="13">`,
    `<title id="title">${escapeXml(title)}</title>`,
    `<desc id="description">${escapeXml(description)}</desc>`,
    `<rect x="${-margin}" y="${-margin}" width="${width}" height="${height}" fill="${colours.background}"/>`,
    `<g fill="none" stroke="${colours.edge}" stroke-width="1.25">`,
    ...layout.edges.map((edge) => edgeElement(edge, layout, colours, indirect.has(edgeKey(edge)))),
    '</g>',
    ...layout.nodes.flatMap((place) => {
      const node = nodes.get(place.id);
      return node ? [nodeElement(node, place, style)] : [];
    }),
    '</svg>',
    '',
  ].join('\n');
}

function edgeElement(edge: RoutedEdge, { direction }: GraphLayout, colours: DrawingColours, isIndirect: boolean): string {
  const stroke = edge.back ? ` stroke="${colours.back}"` : '';
  const dashes = edge.back || isIndirect ? ' stroke-dasharray="5 4"' : '';
  const path = `<path d="${edgePathData(edge, direction)}"${stroke}${dashes}/>`;
  const end = edge.points.at(-1);
  if (!end) return path;
  const isLoop = edge.from === edge.to;
  // The head of an edge that leads back, or round to its own node, points the other way.
  const step = edge.back ? 7 : -7;
  const head = direction === 'right' || isLoop ? `M${end.x} ${end.y}l${step} -3.5v7z` : `M${end.x} ${end.y}l-3.5 ${step}h7z`;
  return `${path}<path d="${head}" fill="${edge.back ? colours.back : colours.edge}" stroke="none"/>`;
}

function nodeElement(node: LineageNode, { x, y, width, height }: PlacedNode, { colours, fit }: DrawingStyle): string {
  const isDefined = node.definition !== undefined;
  const colour = colours.kinds[node.kind];
  const badges = badgesOf(node, colours);
  const room = width - 50 - (badges.length > 0 ? 26 * badges.length : 0);
  const second = node.variant === undefined ? kindWords[node.kind] : `${node.variant} · ${kindWords[node.kind]}`;
  const parts = [
    `<g transform="translate(${x} ${y})">`,
    `<title>${escapeXml([idText(node), ...nodeFacts(node)].join(', '))}</title>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="5" fill="${colours.card}" stroke="${colours.line}"${isDefined ? '' : ' stroke-dasharray="4 3"'}/>`,
    `<path d="M0.5 5.5a5 5 0 0 1 3 -4.6v${height - 1.8}a5 5 0 0 1 -3 -4.6z" fill="${colour}"/>`,
    `<path transform="translate(12 ${cardHeight / 2 - 8})" d="${kindIconPaths[node.kind]}" fill="none" stroke="${colour}" stroke-width="1.25" stroke-linecap="round" stroke-linejoin="round"/>`,
    `<text x="38" y="21" font-weight="600" fill="${colours.ink}">${escapeXml(fit(node.name, room, true))}</text>`,
    `<text x="38" y="38" font-size="11.5" fill="${colours.quiet}">${escapeXml(fit(isDefined ? second : `${second} · not defined`, width - 50, false))}</text>`,
    ...badges.map(({ text, fill }, index) => {
      const right = width - 12 - 26 * index;
      return `<text x="${right}" y="21" text-anchor="end" font-size="11.5" font-weight="600" fill="${fill}">${text}</text>`;
    }),
    ...(height > cardHeight ? columnRows(node, width, colours, fit) : []),
    '</g>',
  ];
  return parts.join('');
}

function badgesOf(
  { errors, warnings, lastRun }: LineageNode,
  colours: DrawingColours,
): readonly { readonly text: string; readonly fill: string }[] {
  const run = {
    running: { text: '◌', fill: colours.running },
    succeeded: { text: '✓', fill: colours.succeeded },
    failed: { text: '✗', fill: colours.error },
    cancelled: { text: '⊘', fill: colours.quiet },
  };
  return [
    ...(lastRun ? [run[lastRun.state]] : []),
    ...(warnings > 0 ? [{ text: `▲${warnings}`, fill: colours.warning }] : []),
    ...(errors > 0 ? [{ text: `●${errors}`, fill: colours.error }] : []),
  ];
}

function columnRows(node: LineageNode, width: number, colours: DrawingColours, fit: DrawingStyle['fit']): readonly string[] {
  const { columns, more } = writtenColumns(node);
  const rows: readonly LineageColumn[] = more > 0 ? [...columns, { name: `and ${more} more` }] : columns;
  return [
    `<path d="M4 ${cardHeight}h${width - 5}" stroke="${colours.line}"/>`,
    ...rows.map((column, index) => {
      const y = cardHeight + columnsPadding + index * columnHeight + 14;
      const type = column.type ?? '';
      const name = `<text x="12" y="${y}" font-size="11.5" fill="${colours.ink}">${escapeXml(fit(column.name, width * 0.55, false))}</text>`;
      const right = `<text x="${width - 12}" y="${y}" text-anchor="end" font-size="11" fill="${colours.quiet}">${escapeXml(fit(type, width * 0.35, false))}</text>`;
      return type === '' ? name : name + right;
    }),
  ];
}

function escapeXml(text: string): string {
  // Characters that no XML may hold would make the whole file unreadable.
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
