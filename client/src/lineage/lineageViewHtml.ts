import { webviewPage, type WebviewPageAssets } from '../webviewPage';

export interface LineageViewAssets extends WebviewPageAssets {
  /** The script of the worker: fetched by the page and started from a blob, since workers of another origin are not allowed. */
  readonly worker: string;
}

/** The page that the lineage view lives in (`dist/lineage.js` and `.css`; `dist/lineageLayout.js` runs in a worker of it). */
export function lineageViewHtml(assets: LineageViewAssets): string {
  const { cspSource, worker } = assets;
  // The drawing becomes a picture on its way to a PNG file.
  const policy = [`connect-src ${cspSource}`, `worker-src blob:`, `img-src blob:`];
  return webviewPage({ ...assets, main: { id: 'lineage', data: { worker } }, policy });
}
