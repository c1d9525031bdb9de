// The worker that lays the lineage out (`dist/lineageLayout.js`), so that the page stays smooth meanwhile.

import type { GraphLayout } from '../../shared/lineage/graphLayout';
import { layoutGraph } from '../../shared/lineage/layoutGraph';
import type { LayoutAnswer, LayoutQuestion } from '../lineage/layoutWorker';

let previous: GraphLayout | undefined;

self.addEventListener('message', ({ data }: MessageEvent<LayoutQuestion>) => {
  const { graph, sizes, options, fresh } = data;
  let answer: LayoutAnswer;
  try {
    previous = layoutGraph(graph, sizes, options, fresh ? undefined : previous);
    answer = { layout: previous };
  } catch (error) {
    answer = { problem: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(answer);
});
