// The drawing as a file.

import { describe, expect, it } from 'vitest';
import { cardSize } from '../../shared/lineage/cardSize';
import { edgePathData } from '../../shared/lineage/edgePath';
import { defaultLayoutOptions } from '../../shared/lineage/graphLayout';
import { layoutGraph } from '../../shared/lineage/layoutGraph';
import { lineageKinds, type LineageGraph } from '../../shared/lineage/lineageGraph';
import { mermaidFlowchart } from '../../shared/lineage/mermaidFlowchart';
import { svgDrawing, type DrawingStyle } from '../../shared/lineage/svgDrawing';
import { nodeOf, paymentsLineage } from './sampleLineages';

const style: DrawingStyle = {
  colours: {
    background: '#101010',
    card: '#202020',
    ink: '#eeeeee',
    quiet: '#aaaaaa',
    line: '#444444',
    edge: '#666666',
    back: '#ff8800',
    error: '#ff0000',
    warning: '#ffcc00',
    succeeded: '#00ff00',
    running: '#0000ff',
    kinds: Object.fromEntries(
      lineageKinds.map((kind, index) => [kind, `#0000${String(index).padStart(2, '0')}`]),
    ) as DrawingStyle['colours']['kinds'],
  },
  fontFamily: '"Open Sans", sans-serif',
  title: 'Lineage of a & b',
  fit: (text) => text,
};

function draw(graph: LineageGraph, withColumns = false): string {
  const sizes = new Map(graph.nodes.map((node) => [node.id, cardSize(node, withColumns)]));
  return svgDrawing(graph, layoutGraph(graph, sizes, defaultLayoutOptions), style);
}

/** The elements of the text by name; throws when the text is not well-formed. */
function elementsOf(xml: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const open: string[] = [];
  for (const [, slash = '', name = '', attributes = '', end = ''] of xml.matchAll(/<(\/?)([a-z]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>/g)) {
    expect(attributes).not.toMatch(/NaN|undefined|var\(/);
    if (slash === '/') expect(open.pop()).toBe(name);
    else {
      counts.set(name, (counts.get(name) ?? 0) + 1);
      if (end === '') open.push(name);
    }
  }
  expect(open).toEqual([]);
  expect(xml.replace(/<[^<>]*>/g, '')).not.toMatch(/[<>]/);
  return counts;
}

describe('an SVG file', () => {
  it('needs nothing but itself, and says what it shows', () => {
    const svg = draw(paymentsLineage());
    const counts = elementsOf(svg);
    expect(counts.get('svg')).toBe(1);
    // One for the file, and one for each node.
    expect(counts.get('title')).toBe(14);
    // A line and a head for each edge, a stripe and a picture for each node.
    expect(counts.get('path')).toBe(2 * 17 + 2 * 13);
    expect(svg).toContain('<title id="title">Lineage of a &#38; b</title>');
    expect(svg).toContain('<desc id="description">13 resources, 17 connections</desc>');
    expect(svg).toContain('font-family="&#34;Open Sans&#34;, sans-serif"');
    expect(svg).toContain('>daily · source · not defined</text>');
    expect(svg).toContain('fill="#ff0000">●2</text>');
    expect(svg).not.toMatch(/href|url\(|@import|<style/);
  });

  it('has no character that XML forbids', () => {
    const odd = 'a<b>"&\u0000\ud800é😀';
    const svg = draw({ nodes: [{ ...nodeOf('source', 'x'), name: odd }], edges: [] });
    elementsOf(svg);
    expect(svg).toContain('>a&#60;b&#62;&#34;&#38;\ufffd\ufffdé😀</text>');
  });

  it('shows columns where they are known, the first ones of many', () => {
    const columns = Array.from({ length: 40 }, (_, index) => ({ name: `c${index}`, type: 'bigint' }));
    const svg = draw(
      {
        nodes: [nodeOf('source', 'a', { columns }), nodeOf('feature', 'b')],
        edges: [{ from: 'a', to: 'b', columns: [{ from: 'c39', to: 'x' }] }],
      },
      true,
    );
    elementsOf(svg);
    expect(svg).toContain('>c22</text>');
    expect(svg).not.toContain('>c23</text>');
    expect(svg).toContain('>and 17 more</text>');
  });

  it('marks edges that lead back', () => {
    const svg = draw({
      nodes: [nodeOf('source', 'a'), nodeOf('source', 'b')],
      edges: [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'a' },
        { from: 'a', to: 'a' },
      ],
    });
    elementsOf(svg);
    expect(svg.match(/stroke="#ff8800" stroke-dasharray="5 4"/g)).toHaveLength(2);
  });
});

describe('the curve of an edge', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 30, y: 8 },
  ];

  it('leaves and arrives along the direction', () => {
    expect(edgePathData({ from: 'a', to: 'b', points }, 'right')).toBe('M0 0L10 0C20 0 20 8 30 8');
    expect(edgePathData({ from: 'a', to: 'b', points: points.slice(1) }, 'down')).toBe('M10 0C10 4 30 4 30 8');
  });

  it('to its own node goes round', () => {
    const own = {
      from: 'a',
      to: 'a',
      points: [
        { x: 100, y: 10 },
        { x: 100, y: 30 },
      ],
    };
    expect(edgePathData(own, 'right')).toBe('M100 10C136 -2 136 42 100 30');
  });
});

it('a flowchart for Mermaid has a shape for each kind, and escapes labels', () => {
  const text = mermaidFlowchart(
    [
      { key: 'source:a', label: 'a "quoted" <b>', type: 'source' },
      { key: 'feature:f', label: 'f', type: 'feature' },
      { key: 'training-set:t', label: 't', type: 'training-set' },
    ],
    [
      ['source:a', 'feature:f'],
      ['label:gone.v1', 'training-set:t'],
    ],
    'TD',
  );
  expect(text).toBe(`flowchart TD
  n0["a &quot;quoted&quot; &lt;b>"]
  n1(["f"])
  n2[["t"]]
  n0 --> n1
  n3["gone.v1"]
  n3 --> n2
`);
});
