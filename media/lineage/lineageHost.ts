import type { LineageViewEvents, LineageViewMethods } from '../../shared/protocol/lineageView';
import type { HostClient } from '../../shared/protocol/webviewRpc';

export type LineageHost = HostClient<LineageViewMethods, LineageViewEvents>;
