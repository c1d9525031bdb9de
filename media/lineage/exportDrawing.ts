// The drawing as a file: SVG text, a picture of it, or text for Mermaid.

import type { GraphLayout } from '../../shared/lineage/graphLayout';
import type { ShownGraph } from '../../shared/lineage/lineageIndex';
import { mermaidFlowchart } from '../../shared/lineage/mermaidFlowchart';
import { idText } from '../../shared/lineage/searchNodes';
import { svgDrawing } from '../../shared/lineage/svgDrawing';
import type { ThemeColours } from './themeColours';

export interface ExportedDrawing {
  readonly graph: ShownGraph;
  readonly layout: GraphLayout;
  readonly colours: ThemeColours;
  readonly title: string;
}

export function drawingSvg({ graph, layout, colours, title }: ExportedDrawing): string {
  const { fontFamily } = getComputedStyle(document.body);
  return svgDrawing(graph, layout, { colours, fontFamily, title, fit: fitter(fontFamily) });
}

export function drawingMermaid({ graph, layout }: Pick<ExportedDrawing, 'graph' | 'layout'>): string {
  const nodes = graph.nodes.map((node) => ({ key: node.id, label: idText(node), type: node.kind }));
  return mermaidFlowchart(
    nodes,
    graph.edges.map(({ from, to }) => [from, to] as const),
    layout.direction === 'right' ? 'LR' : 'TD',
  );
}

/** Browsers draw no larger pictures. */
const mostPixels = 120_000_000;
const longestSide = 16_000;

/** @returns base64 of a PNG file, at twice the size where that is possible */
export async function drawingPng(drawing: ExportedDrawing): Promise<string> {
  const svg = drawingSvg(drawing);
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const scale = Math.min(2, longestSide / Math.max(width, height), Math.sqrt(mostPixels / (width * height)));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    const context = canvas.getContext('2d');
    if (!context) throw new Error('the browser has no canvas to draw on');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const data = canvas.toDataURL('image/png');
    const comma = data.indexOf(',');
    if (comma < 0 || comma === data.length - 1) throw new Error('the picture is too large to be made');
    return data.slice(comma + 1);
  } finally {
    URL.revokeObjectURL(address);
  }
}

function fitter(fontFamily: string): (text: string, width: number, bold: boolean) => string {
  const context = document.createElement('canvas').getContext('2d');
  return (text, width, bold) => {
    if (!context) return text.slice(0, Math.floor(width / 8));
    context.font = bold ? `600 13px ${fontFamily}` : `11.5px ${fontFamily}`;
    if (context.measureText(text).width <= width) return text;
    let [fits, beyond] = [0, text.length];
    while (beyond - fits > 1) {
      const middle = Math.floor((fits + beyond) / 2);
      if (context.measureText(`${text.slice(0, middle)}…`).width <= width) fits = middle;
      else beyond = middle;
    }
    return `${text.slice(0, fits)}…`;
  };
}
