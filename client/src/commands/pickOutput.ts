// The outputs of a definition to choose from: the newest of this computer at once, those in S3 as soon as they are listed.

import { QuickPickItemKind, window, workspace, type QuickPickItem } from 'vscode';
import type { S3Output } from '../s3/findOutputs';
import type { S3Problem } from '../s3/s3Problem';
import { formatRows, formatTime } from '../views/formatRun';
import { formatMoment } from '../s3/outputFolders';
import { formatContents } from '../views/s3Items';
import type { RunOutput } from '../runs/runOutputs';

/** What was found in S3, or why nothing could be. */
export interface ListedOutputs {
  readonly outputs: readonly S3Output[];
  readonly problem: S3Problem | undefined;
}

export interface OutputQuestion {
  /** Of the definition. */
  readonly id: string;
  readonly local: RunOutput | undefined;
  /** What is listed. */
  readonly location: string;
  /** Never rejects. */
  readonly listing: Promise<ListedOutputs>;
  readonly mayRun: boolean;
}

export type ChosenOutput =
  | { readonly kind: 'local'; readonly output: RunOutput }
  | { readonly kind: 's3'; readonly output: S3Output }
  | { readonly kind: 'problem'; readonly problem: S3Problem }
  | { readonly kind: 'run' };

interface OutputPick extends QuickPickItem {
  readonly chosen?: ChosenOutput;
}

/** More are in the S3 view. */
const mostShown = 200;

/** Undefined when the user declined. The only output that there is needs no choice. */
export async function pickOutput({ id, local, location, listing, mayRun }: OutputQuestion): Promise<ChosenOutput | undefined> {
  const pick = window.createQuickPick<OutputPick>();
  pick.title = `Preview ${id}`;
  pick.placeholder = 'Which output';
  pick.matchOnDescription = true;
  pick.busy = true;
  const here = local === undefined ? [] : [separator('on this computer'), localPick(local)];
  const run = mayRun && workspace.isTrusted ? [separator(''), runPick] : [];
  pick.items = [...here, separator('S3'), { label: '$(loading~spin) Looking in S3…', description: location }, ...run];
  let isOpen = true;
  try {
    return await new Promise<ChosenOutput | undefined>((resolve) => {
      void listing.then(({ outputs, problem }) => {
        if (!isOpen) return;
        const active = pick.activeItems[0]?.chosen?.kind;
        const [only, ...others] = outputs;
        if (only !== undefined && others.length === 0 && local === undefined && active === undefined) {
          // Found late, there is no more to choose from than if it had been found at once.
          resolve({ kind: 's3', output: only });
          return;
        }
        pick.items = [...here, separator('S3'), ...remotePicks(outputs, problem, location), ...run];
        pick.busy = false;
        // What the user has gone to meanwhile stays under the cursor.
        const kept = pick.items.filter(({ chosen }) => active !== undefined && chosen?.kind === active).slice(0, 1);
        if (kept.length > 0) pick.activeItems = kept;
      });
      pick.onDidHide(() => {
        resolve(undefined);
      });
      pick.onDidAccept(() => {
        const chosen = pick.activeItems[0]?.chosen;
        if (chosen !== undefined) resolve(chosen);
      });
      pick.show();
    });
  } finally {
    isOpen = false;
    pick.dispose();
  }
}

const runPick: OutputPick = { label: '$(play) Run on the Local Spark', chosen: { kind: 'run' } };

function localPick(output: RunOutput): OutputPick {
  return {
    label: `$(device-desktop) ${formatTime(output.started, new Date())}`,
    description: formatRows(output.rows) ?? '',
    chosen: { kind: 'local', output },
  };
}

function remotePicks(outputs: readonly S3Output[], problem: S3Problem | undefined, location: string): readonly OutputPick[] {
  if (problem !== undefined) return [{ label: `$(error) ${problem.message}`, chosen: { kind: 'problem', problem } }];
  if (outputs.length === 0) return [{ label: '$(info) Featureform has written nothing yet', description: location }];
  return outputs.slice(0, mostShown).map((output) => ({
    label: `$(cloud) ${formatMoment(output.name)}`,
    description: [output.variant, output.contents && formatContents(output.contents)].filter(Boolean).join(' · '),
    chosen: { kind: 's3', output },
  }));
}

function separator(label: string): OutputPick {
  return { label, kind: QuickPickItemKind.Separator };
}
