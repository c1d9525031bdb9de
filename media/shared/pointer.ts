/** Follows the pointer, wherever it goes, until the button is let go of; Escape gives up what was begun. */
export function followPointer(onMove: (event: PointerEvent) => void, onEnd?: (cancelled: boolean) => void): void {
  const stop = (cancelled: boolean): void => {
    document.removeEventListener('pointermove', onMove);
    document.removeEventListener('pointerup', onUp);
    document.removeEventListener('pointercancel', onCancel);
    document.removeEventListener('keydown', onKey, true);
    onEnd?.(cancelled);
  };
  const onUp = (): void => {
    stop(false);
  };
  const onCancel = (): void => {
    stop(true);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    // It closes nothing besides.
    event.stopPropagation();
    stop(true);
  };
  document.addEventListener('pointermove', onMove);
  document.addEventListener('pointerup', onUp);
  document.addEventListener('pointercancel', onCancel);
  document.addEventListener('keydown', onKey, true);
}
