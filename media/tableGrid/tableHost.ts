import type { TableViewEvents, TableViewMethods } from '../../shared/protocol/tableView';
import type { HostClient } from '../../shared/protocol/webviewRpc';

/** The side of the extension that knows the table. */
export type TableHost = HostClient<TableViewMethods, TableViewEvents>;
