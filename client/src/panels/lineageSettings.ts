// What the user has chosen for lineage views, kept over the sessions of the editor.

import type { Memento } from 'vscode';
import { defaultLineageSettings, type LineageDepth, type LineageSettings } from '../../../shared/protocol/lineageView';

const stateKey = 'sparkform.lineageSettings';

export class LineageSettingsStore {
  constructor(private readonly state: Memento) {}

  /** What another version of the extension has kept is taken as far as it is understood. */
  get settings(): LineageSettings {
    const kept = this.state.get<Partial<Record<keyof LineageSettings, unknown>>>(stateKey, {});
    const { upstream, downstream, direction, followCursor } = kept;
    return {
      upstream: isDepth(upstream) ? upstream : defaultLineageSettings.upstream,
      downstream: isDepth(downstream) ? downstream : defaultLineageSettings.downstream,
      direction: direction === 'right' || direction === 'down' ? direction : defaultLineageSettings.direction,
      followCursor: typeof followCursor === 'boolean' ? followCursor : defaultLineageSettings.followCursor,
    };
  }

  async keep(settings: LineageSettings): Promise<void> {
    await this.state.update(stateKey, settings);
  }
}

function isDepth(value: unknown): value is LineageDepth {
  return value === 'all' || (typeof value === 'number' && Number.isInteger(value) && value >= 0);
}
