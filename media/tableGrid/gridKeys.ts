// What keys do while the grid has the focus, besides moving through it. The user guide lists them.

export type GridCommand =
  | 'inspect'
  | 'profile'
  | 'copy'
  | 'copyAs'
  | 'search'
  | 'goToRow'
  | 'columns'
  | 'columnMenu'
  | 'contextMenu'
  | 'wider'
  | 'narrower'
  | 'moveLeft'
  | 'moveRight'
  | 'leave';

/** Control stands for Command on a Mac, too. */
const commands: Readonly<Record<string, GridCommand>> = {
  Enter: 'inspect',
  ' ': 'inspect',
  'Alt+Enter': 'profile',
  'Control+c': 'copy',
  'Control+Shift+c': 'copyAs',
  'Control+f': 'search',
  'Control+g': 'goToRow',
  'Alt+c': 'columns',
  'Alt+ArrowDown': 'columnMenu',
  ContextMenu: 'contextMenu',
  'Shift+F10': 'contextMenu',
  'Alt+ArrowRight': 'wider',
  'Alt+ArrowLeft': 'narrower',
  'Alt+Shift+ArrowRight': 'moveRight',
  'Alt+Shift+ArrowLeft': 'moveLeft',
  Escape: 'leave',
};

export function gridCommand(event: KeyboardEvent): GridCommand | undefined {
  const held = [event.ctrlKey || event.metaKey ? 'Control' : '', event.altKey ? 'Alt' : '', event.shiftKey ? 'Shift' : ''];
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const name = [...held.filter((modifier) => modifier !== ''), key].join('+');
  return Object.hasOwn(commands, name) ? commands[name] : undefined;
}

/** The key of a command as menus show it. */
export function keyText(command: GridCommand): string {
  const found = Object.entries(commands).find(([, candidate]) => candidate === command)?.[0] ?? '';
  const isMac = navigator.userAgent.includes('Mac');
  return found
    .replace('Control', isMac ? '⌘' : 'Ctrl')
    .replace('Alt', isMac ? '⌥' : 'Alt')
    .replace('ArrowDown', '↓')
    .replace('ArrowLeft', '←')
    .replace('ArrowRight', '→')
    .replace(/\b[a-z]$/, (letter) => letter.toUpperCase());
}
