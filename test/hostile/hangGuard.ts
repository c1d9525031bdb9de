// Ends the process when one round of a test never ends, telling which: a loop that does not give the thread back would hold up
// the time limit of the test itself.

import { Worker } from 'node:worker_threads';

const watcher = `
const { workerData } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const state = new Int32Array(workerData.state);
for (;;) {
  const [turn, round] = state;
  if (round < 0 || Atomics.wait(state, 0, turn, workerData.limit) !== 'timed-out') { if (state[1] < 0) break; continue; }
  writeSync(2, 'the round of seed ' + round + ' did not end\\n');
  process.kill(process.pid, 'SIGKILL');
}
`;
/** Far beyond what any round takes on a busy machine. */
const milliseconds = 240_000;

export class HangGuard {
  private readonly state = new Int32Array(new SharedArrayBuffer(8));
  private readonly worker = new Worker(watcher, { eval: true, workerData: { state: this.state.buffer, limit: milliseconds } });

  /** A round begins, and the one before has ended. */
  begin(round: number): void {
    Atomics.store(this.state, 1, round);
    Atomics.add(this.state, 0, 1);
    Atomics.notify(this.state, 0);
  }

  async end(): Promise<void> {
    this.begin(-1);
    await this.worker.terminate();
  }
}
