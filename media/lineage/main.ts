// The lineage's webview (`dist/lineage.js` and `.css`).

import type { LineageViewEvents, LineageViewMethods, LineageViewState } from '../../shared/protocol/lineageView';
import { connectToEditor, rootElement } from '../shared/editorHost';
import { LineagePage } from './lineagePage';

const root = rootElement('lineage');
const page = new LineagePage({
  ...connectToEditor<LineageViewMethods, LineageViewEvents, LineageViewState>(),
  root,
  worker: root.dataset['worker'] ?? '',
});
void page.start();
