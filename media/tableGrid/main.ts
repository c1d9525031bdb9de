// The table grid's webview (`dist/tableGrid.js` and `.css`).

import type { TableViewEvents, TableViewMethods, TableViewState } from '../../shared/protocol/tableView';
import { connectToEditor, rootElement } from '../shared/editorHost';
import { TablePage } from './tablePage';

const page = new TablePage({ ...connectToEditor<TableViewMethods, TableViewEvents, TableViewState>(), root: rootElement('table') });
void page.open();
