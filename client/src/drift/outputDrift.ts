// What is told of a definition whose newest output is not like the one before it, wherever the two lie.

import type { Event } from 'vscode';
import type { ResourceNode } from '../../../shared/protocol/requests';
import type { TableDrift } from '../../../shared/table/query/tableDrift';

export interface OutputDrift {
  readonly drift: TableDrift;
  readonly place: 'this computer' | 'S3';
  /** When the two were made: a moment of this computer's clock, or what another one's says. */
  readonly before: Date | string;
  readonly after: Date | string;
  /** What compares the two in full. */
  readonly compare: { readonly command: string; readonly arguments: readonly unknown[] };
}

/** Where outputs of definitions are looked at. */
export interface DriftSource {
  /** Something else is to be said of some definition. */
  readonly onDidChange: Event<void>;
  /** What is known by now; `onDidChange` tells when there is more. Asks nothing of the network that the user has not looked at. */
  of(resource: ResourceNode): OutputDrift | undefined;
}
