// What the user has chosen for lineage views, kept over the sessions of the editor.

import type { Memento } from 'vscode';
import { defaultLineageSettings, type LineageDepth, type LineageSettings } from '../../../shared/protocol/lineageView';

/** Where a view stands: which of them follow the cursor is chosen for each, all else for all. */
export type LineagePlace = 'panel' | 'side';

interface Kept extends Omit<LineageSettings, 'followCursor'> {
  readonly follows: Readonly<Record<LineagePlace, boolean>>;
}

const stateKey = 'sparkform.lineageSettings';

export class LineageSettingsStore {
  constructor(private readonly state: Memento) {}

  of(place: LineagePlace): LineageSettings {
    const { follows, ...rest } = this.#kept;
    return { ...rest, followCursor: follows[place] };
  }

  async keep(place: LineagePlace, { followCursor, ...rest }: LineageSettings): Promise<void> {
    await this.state.update(stateKey, { ...rest, follows: { ...this.#kept.follows, [place]: followCursor } } satisfies Kept);
  }

  /** What another version of the extension has kept is taken as far as it is understood. */
  get #kept(): Kept {
    const { upstream, downstream, direction, follows } = this.state.get<Partial<Record<keyof Kept, unknown>>>(stateKey, {});
    const { panel, side } = (follows ?? {}) as Partial<Record<LineagePlace, unknown>>;
    return {
      upstream: isDepth(upstream) ? upstream : defaultLineageSettings.upstream,
      downstream: isDepth(downstream) ? downstream : defaultLineageSettings.downstream,
      direction: direction === 'right' || direction === 'down' ? direction : defaultLineageSettings.direction,
      follows: {
        panel: typeof panel === 'boolean' ? panel : defaultLineageSettings.followCursor,
        side: typeof side === 'boolean' ? side : defaultLineageSettings.followCursor,
      },
    };
  }
}

function isDepth(value: unknown): value is LineageDepth {
  return value === 'all' || (typeof value === 'number' && Number.isInteger(value) && value >= 0);
}
