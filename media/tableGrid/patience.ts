// Cells that come within a moment are never marked as missing: that would only flicker, and cost frames.

const patienceMilliseconds = 150;

export class Patience {
  private timer: number | undefined;
  private over = false;

  /** @param onOver cells have been missing for too long, which is to be drawn now */
  constructor(private readonly onOver: () => void) {}

  /** Whether missing cells are to be marked. */
  get isOver(): boolean {
    return this.over;
  }

  /** After each time something was drawn: whether all of it was there. */
  drawn(isComplete: boolean): void {
    if (isComplete) {
      this.end();
      this.over = false;
    } else {
      this.timer ??= window.setTimeout(() => {
        this.over = true;
        this.onOver();
      }, patienceMilliseconds);
    }
  }

  end(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
