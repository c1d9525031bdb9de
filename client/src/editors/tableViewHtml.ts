import { webviewPage, type WebviewPageAssets } from '../webviewPage';

/** The page that the table grid lives in. */
export function tableViewHtml(assets: WebviewPageAssets): string {
  return webviewPage({ ...assets, main: { id: 'table' } });
}
