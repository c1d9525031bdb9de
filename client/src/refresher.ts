// Does work anew whenever it is asked for: never twice at a time, and once more for all that was asked meanwhile.

export class Refresher {
  #running: Promise<void> | undefined;
  #isAsked = false;

  constructor(private readonly work: () => Promise<void>) {}

  /** Resolves when the work has been done with everything that is known now; rejects as the work does. */
  refresh(): Promise<void> {
    this.#isAsked = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    while (this.#isAsked) {
      this.#isAsked = false;
      await this.work();
    }
  }
}
