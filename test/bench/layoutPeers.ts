// Libraries that lay out layered graphs, beside ours: how long each takes, and how many of the edges cross in its drawing.

import { graphlib, layout as layoutByDagre } from '@dagrejs/dagre';
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import Elk, { type ElkExtendedEdge } from 'elkjs';
import { defaultLayoutOptions, type LayoutGraph, type LayoutPoint } from '../../shared/lineage/graphLayout';
import { layoutGraph } from '../../shared/lineage/layoutGraph';
import { companyGraph, sizesOf } from '../lineage/sampleGraphs';
import type { Row } from './table';

type Lines = readonly (readonly LayoutPoint[])[];

interface Peer {
  readonly name: string;
  /** Of larger graphs it takes minutes. */
  readonly most: number;
  /** The lines that it draws for the edges. */
  readonly draw: (graph: LayoutGraph) => Lines | Promise<Lines>;
}

const size = { width: 180, height: 48 };
const { nodeGap, layerGap } = defaultLayoutOptions;
/** Straight lines that stand for a curve. */
const steps = 8;
/** The side of a cell within which lines are compared. */
const cellSize = 120;

/** Each once, from nothing; milliseconds and pairs of edges. */
export async function measureLayoutPeers(sizes: readonly number[]): Promise<readonly Row[]> {
  const graphviz = await Graphviz.load();
  const peers: readonly Peer[] = [
    { name: 'Sparkform', most: Number.POSITIVE_INFINITY, draw: ours },
    { name: 'dagre', most: 500, draw: byDagre },
    { name: 'ELK', most: 2_000, draw: byElk },
    { name: 'Graphviz', most: 2_000, draw: (graph) => byGraphviz(graphviz, graph) },
  ];
  const rows: Row[] = [];
  for (const count of sizes) {
    const graph = companyGraph(count, 1);
    const row: Record<string, string | number> = { nodes: graph.nodes.length, edges: graph.edges.length };
    for (const { name, most, draw } of peers) {
      const measured = count > most ? undefined : await measure(() => draw(graph));
      row[`${name}, ms`] = measured?.milliseconds ?? '';
      row[`${name}, crossings`] = measured?.crossings ?? '';
    }
    rows.push(row);
  }
  return rows;
}

async function measure(draw: () => Lines | Promise<Lines>): Promise<{ readonly milliseconds: number; readonly crossings: number }> {
  const began = performance.now();
  const lines = await draw();
  return { milliseconds: Math.round(performance.now() - began), crossings: crossingPairs(lines) };
}

function ours(graph: LayoutGraph): Lines {
  const { edges } = layoutGraph(graph, sizesOf(graph, size), defaultLayoutOptions);
  return edges.map(({ points }) => points.flatMap((point, index) => curve(points[index - 1] ?? point, point)));
}

/** As `edgePath.ts` draws it: a cubic that leaves and arrives along the layers' direction. */
function curve(from: LayoutPoint, to: LayoutPoint): readonly LayoutPoint[] {
  if (from === to) return [to];
  const middle = (from.x + to.x) / 2;
  return bezier(from, { x: middle, y: from.y }, { x: middle, y: to.y }, to);
}

/** Without its first point. */
function bezier(a: LayoutPoint, b: LayoutPoint, c: LayoutPoint, d: LayoutPoint): readonly LayoutPoint[] {
  return Array.from({ length: steps }, (_, index) => {
    const t = (index + 1) / steps;
    const [u, v, w, z] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
    return { x: u * a.x + v * b.x + w * c.x + z * d.x, y: u * a.y + v * b.y + w * c.y + z * d.y };
  });
}

function byDagre({ nodes, edges }: LayoutGraph): Lines {
  const graph = new graphlib.Graph().setGraph({ rankdir: 'LR', nodesep: nodeGap, ranksep: layerGap }).setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) graph.setNode(id, { ...size });
  for (const { from, to } of edges) graph.setEdge(from, to);
  layoutByDagre(graph);
  return graph.edges().map((edge) => (graph.edge(edge) as { readonly points: readonly LayoutPoint[] }).points);
}

async function byElk({ nodes, edges }: LayoutGraph): Promise<Lines> {
  const laid = await new Elk().layout({
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.edgeRouting': 'POLYLINE',
      'elk.spacing.nodeNode': String(nodeGap),
      'elk.layered.spacing.nodeNodeBetweenLayers': String(layerGap),
    },
    children: nodes.map(({ id }) => ({ id, ...size })),
    edges: edges.map(({ from, to }) => ({ id: `${from} ${to}`, sources: [from], targets: [to] })),
  });
  const routed: readonly ElkExtendedEdge[] = laid.edges;
  return routed.flatMap(({ sections = [] }) =>
    sections.map(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]),
  );
}

function byGraphviz(graphviz: Graphviz, { nodes, edges }: LayoutGraph): Lines {
  // Lengths in inches, of 72 points each.
  const inches = (points: number): string => (points / 72).toFixed(4);
  const node = `shape=box fixedsize=true width=${inches(size.width)} height=${inches(size.height)} label=""`;
  const head = `rankdir=LR nodesep=${inches(nodeGap)} ranksep=${inches(layerGap)} node [${node}]`;
  const body = [...nodes.map(({ id }) => `"${id}"`), ...edges.map(({ from, to }) => `"${from}" -> "${to}"`)];
  const answer = JSON.parse(graphviz.dot(`digraph { ${head} ${body.join('\n')} }`, 'json')) as {
    readonly edges: readonly { readonly pos: string }[];
  };
  return answer.edges.map(({ pos }) => {
    // `e,x,y` where the arrow ends, then the first point and three for each part of the curve.
    const points = pos.split(' ').flatMap((text): readonly LayoutPoint[] => {
      const [x, y] = text.split(',').map(Number);
      return x === undefined || y === undefined || Number.isNaN(x) ? [] : [{ x, y }];
    });
    const lines = points.slice(0, 1);
    for (let at = 0; at + 3 < points.length; at += 3) {
      const [a, b, c, d] = points.slice(at, at + 4);
      if (a && b && c && d) lines.push(...bezier(a, b, c, d));
    }
    return lines;
  });
}

interface Line {
  readonly edge: number;
  readonly from: LayoutPoint;
  readonly to: LayoutPoint;
}

/** How many pairs of edges cross at least once. Lines that touch, or lie on each other, do not cross. */
function crossingPairs(lines: Lines): number {
  const cells = new Map<string, Line[]>();
  for (const [edge, points] of lines.entries()) {
    for (const [index, to] of points.entries()) {
      const from = points[index - 1];
      if (from === undefined) continue;
      for (const key of cellsOf(from, to)) {
        const cell = cells.get(key);
        if (cell === undefined) cells.set(key, [{ edge, from, to }]);
        else cell.push({ edge, from, to });
      }
    }
  }
  const pairs = new Set<number>();
  for (const cell of cells.values()) {
    for (const [index, one] of cell.entries()) {
      for (let at = index + 1; at < cell.length; at++) {
        const other = cell[at];
        if (other === undefined || other.edge === one.edge) continue;
        const pair = Math.min(one.edge, other.edge) * lines.length + Math.max(one.edge, other.edge);
        if (!pairs.has(pair) && cross(one, other)) pairs.add(pair);
      }
    }
  }
  return pairs.size;
}

function cellsOf(from: LayoutPoint, to: LayoutPoint): readonly string[] {
  const cell = (place: number): number => Math.floor(place / cellSize);
  const keys: string[] = [];
  for (let x = cell(Math.min(from.x, to.x)); x <= cell(Math.max(from.x, to.x)); x++) {
    for (let y = cell(Math.min(from.y, to.y)); y <= cell(Math.max(from.y, to.y)); y++) keys.push(`${x} ${y}`);
  }
  return keys;
}

function cross(one: Line, other: Line): boolean {
  return areApart(one, other.from, other.to) && areApart(other, one.from, one.to);
}

/** On different sides of a line, and not on it. */
function areApart({ from, to }: Line, a: LayoutPoint, b: LayoutPoint): boolean {
  const side = ({ x, y }: LayoutPoint): number => (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x);
  const [sideA, sideB] = [side(a), side(b)];
  return (sideA > 1e-6 && sideB < -1e-6) || (sideA < -1e-6 && sideB > 1e-6);
}
