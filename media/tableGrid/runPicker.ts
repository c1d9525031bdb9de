// Which of the dated runs of a definition is shown: the newest one, any other, or all of them as one table.

import type { TableView } from '../../shared/protocol/tableView';
import type { RunChoice } from '../../shared/table/folderTable';
import type { TableRun } from '../../shared/table/table';
import { button, element } from '../shared/element';
import { icon } from '../shared/icon';
import { showMenu, type MenuEntry } from '../shared/menu';

/** @returns undefined where there is nothing to choose from. */
export function runPicker({ runs }: TableView, choice: RunChoice, onChoose: (run: RunChoice) => void): HTMLElement | undefined {
  if (runs.length < 2) return undefined;
  const label = element('span', { class: 'run-text' }, choiceText(runs, choice));
  const root = button(label, { class: 'quiet run-picker', 'aria-haspopup': 'menu', title: 'Which run is shown' });
  root.append(icon('menu'));
  root.addEventListener('click', () => {
    showMenu('Runs', runMenu(runs, choice, onChoose), root, root);
  });
  return root;
}

/** What is shown, as in "All 3 runs" or "Run of 2024-05-06 17:00:00, the newest". */
export function choiceText(runs: readonly TableRun[], choice: RunChoice): string {
  if (choice === 'all') return `All ${runs.filter(({ files }) => files > 0).length} runs`;
  const shown = runs.find((run) => run.shown);
  if (shown === undefined) return 'Newest run';
  const newest = runs.find(({ files }) => files > 0);
  return `Run of ${timeText(runs, shown)}${shown === newest ? ', the newest' : ''}`;
}

function runMenu(runs: readonly TableRun[], choice: RunChoice, onChoose: (run: RunChoice) => void): readonly MenuEntry[] {
  const newest = runs.find(({ files }) => files > 0);
  const entry = (label: string, detail: string, run: RunChoice, files = 1): MenuEntry => ({
    label,
    detail,
    checked: isSame(run, choice),
    disabled: files === 0,
    run: () => {
      if (!isSame(run, choice)) onChoose(run);
    },
  });
  return [
    entry('Newest Run', newest ? timeText(runs, newest) : '', 'newest'),
    entry('All Runs Together', 'what consumers read', 'all'),
    'separator',
    ...runs.map((run) => entry(timeText(runs, run), filesText(run), { name: run.name }, run.files)),
  ];
}

function isSame(one: RunChoice, other: RunChoice): boolean {
  return typeof one === 'object' && typeof other === 'object' ? one.name === other.name : one === other;
}

function filesText({ files }: TableRun): string {
  if (files === 0) return 'no files yet';
  return files === 1 ? '1 file' : `${files.toLocaleString('en')} files`;
}

/** To the second, where that tells the run from the others. */
function timeText(runs: readonly TableRun[], { time }: TableRun): string {
  const [second = time] = time.split('.');
  const isAlone = runs.filter((run) => run.time.startsWith(second)).length === 1;
  return (isAlone ? second : time).replace('T', ' ');
}
