// The graph as a picture: the cards of the lineage view, in the colours of paper.

import { cardSize } from '../../../shared/lineage/cardSize';
import { defaultLayoutOptions } from '../../../shared/lineage/graphLayout';
import { layoutGraph } from '../../../shared/lineage/layoutGraph';
import type { LineageGraph } from '../../../shared/lineage/lineageGraph';
import { svgDrawing, type DrawingColours } from '../../../shared/lineage/svgDrawing';
import { displayWidth } from './displayWidth';

/** Each has a contrast of at least 4.5 to the card that it stands on. */
const paper: DrawingColours = {
  background: '#ffffff',
  card: '#f8f8f8',
  ink: '#1f1f1f',
  quiet: '#616161',
  line: '#c4c4c4',
  edge: '#8a8a8a',
  back: '#b5200d',
  error: '#b5200d',
  warning: '#7a5a00',
  succeeded: '#2c7a39',
  running: '#005fb8',
  kinds: {
    user: '#616161',
    provider: '#616161',
    source: '#2c7a39',
    'sql-transformation': '#005fb8',
    'dataframe-transformation': '#0b7285',
    entity: '#7a5a00',
    feature: '#8a3ffc',
    label: '#b02a72',
    'training-set': '#b5420d',
    model: '#616161',
  },
};

export function drawGraph(graph: LineageGraph, title: string): string {
  const sizes = new Map(graph.nodes.map((node) => [node.id, cardSize(node, false)]));
  const layout = layoutGraph(graph, sizes, defaultLayoutOptions);
  return svgDrawing(graph, layout, { colours: paper, fontFamily: 'Helvetica, Arial, sans-serif', title, fit });
}

/** Nothing here knows the font: letters are taken to be as wide as those of Helvetica, in the sizes of the drawing. */
function fit(text: string, width: number, bold: boolean): string {
  const size = bold ? 13 * 1.07 : 11.5;
  const widthOf = (written: string): number => Array.from(written).reduce((sum, character) => sum + size * emsOf(character), 0);
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (widthOf(`${kept}${character}…`) > width) break;
    kept += character;
  }
  return `${kept}…`;
}

function emsOf(character: string): number {
  if (displayWidth(character) === 2) return 1.1;
  if (/[ijl.,:;|!' ]/.test(character)) return 0.27;
  if (/[frtI()[\]·-]/.test(character)) return 0.34;
  if (/[mwMW@%…]/.test(character)) return 0.95;
  return /[A-Z]/.test(character) ? 0.72 : 0.56;
}
