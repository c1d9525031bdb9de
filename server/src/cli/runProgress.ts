// Tells people how a run goes: on a terminal one live line for the step that runs, elsewhere a line a step.

import { readFileSync } from 'node:fs';
import { pathOfUri } from '../workspace/fileUris';
import type { FinishedEvent, JobEvent } from '../../../shared/run/jobEvents';
import type { RunPlan } from '../../../shared/run/plan';
import { quotedLine } from './checkReport';
import { shownPath } from './check';
import { styled, type CommandIo } from './io';

const barWidth = 24;

export class RunProgress {
  private live = '';
  private step: { readonly id: string; readonly index: number; readonly of: number; readonly since: number } | undefined;
  private tasks = { done: 0, total: 0 };
  private readonly timer: NodeJS.Timeout | undefined;
  private readonly paint: { readonly color: boolean };

  constructor(
    private readonly io: CommandIo,
    private readonly plan: RunPlan,
    private readonly options: { readonly quiet: boolean; readonly verbose: boolean },
  ) {
    this.paint = { color: io.messageColor };
    if (io.interactive && !options.quiet)
      this.timer = setInterval(() => {
        this.draw();
      }, 200).unref();
  }

  show(event: JobEvent): void {
    switch (event.event) {
      case 'preparing':
        this.say(event.message);
        break;
      case 'stepStarted':
        this.step = { id: event.id, index: event.index, of: event.of, since: Date.now() };
        this.tasks = { done: 0, total: 0 };
        if (!this.io.interactive) this.say(`${this.numbered()} ${event.id} …`);
        this.draw();
        break;
      case 'stepProgress':
        this.tasks = { done: event.tasksDone, total: event.tasksTotal };
        this.draw();
        break;
      case 'stepFinished': {
        const rows = event.rows === undefined ? '' : `, ${count(event.rows, 'row')}`;
        const mark =
          event.state === 'succeeded' ? styled(this.paint, 'green', '✓') : event.state === 'failed' ? styled(this.paint, 'red', '✗') : '-';
        if (event.state !== 'skipped')
          this.say(`${this.numbered()} ${mark} ${event.id} ${event.state} in ${event.seconds.toFixed(1)} s${rows}`);
        this.step = undefined;
        break;
      }
      case 'log':
        if (this.options.verbose) this.say(styled(this.paint, 'dim', event.text.trimEnd()));
        break;
      case 'finished':
        this.step = undefined;
        this.finish(event);
        break;
      case 'state':
      case 'sessionReady':
      case 'runStarted':
        break;
    }
  }

  end(): void {
    if (this.timer !== undefined) clearInterval(this.timer);
    this.erase();
  }

  private finish(event: FinishedEvent): void {
    const { io } = this;
    if (event.state === 'cancelled') this.say(`cancelled after ${event.seconds.toFixed(1)} s`);
    if (event.error !== undefined) {
      const { uri, range, message, errorClass, suggestions } = event.error;
      const file = shownPath(uri, io.cwd);
      const place = styled(this.paint, 'bold', `${file}:${range.start.line + 1}:${range.start.character + 1}`);
      const lines = linesOf(uri);
      this.say(`${place} ${styled(this.paint, 'red', 'error')} ${message} ${styled(this.paint, 'dim', `[${errorClass}]`)}`);
      const quoted = quotedLine({ file, range, severity: 'error' }, this.paint, (_, line) => lines[line]);
      if (quoted !== '') this.say(quoted.trimEnd());
      // Spark's own words often name them already.
      if (suggestions.length > 0 && !/did you mean/i.test(message))
        this.say(`      did you mean ${suggestions.map((name) => `"${name}"`).join(', ')}?`);
    }
    if (this.options.quiet || event.state !== 'succeeded') return;
    const output = event.outputs.find((one) => one.id === this.plan.target) ?? event.outputs.at(-1);
    if (output === undefined) return;
    const types = output.columns.map((column) => `${column.name} ${column.type}`).join(', ');
    io.out(`${output.id}: ${output.rows === undefined ? '' : `${count(output.rows, 'row')}, `}${types}\n${output.location}\n`);
  }

  private numbered(): string {
    return this.step === undefined ? '' : styled(this.paint, 'dim', `[${this.step.index + 1}/${this.step.of}]`);
  }

  private say(text: string): void {
    if (this.options.quiet) return;
    this.erase();
    this.io.err(`${text}\n`);
  }

  private draw(): void {
    const { step } = this;
    if (!this.io.interactive || this.options.quiet || step === undefined) return;
    const { done, total } = this.tasks;
    const filled = total === 0 ? 0 : Math.round((done / total) * barWidth);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`;
    const seconds = ((Date.now() - step.since) / 1000).toFixed(1);
    const tasks = total === 0 ? '' : ` ${done}/${total} tasks`;
    this.erase();
    this.live = `[${step.index + 1}/${step.of}] ${bar} ${step.id} ${seconds} s${tasks}`.slice(0, Math.max(20, this.io.columns - 1));
    this.io.err(this.live);
  }

  private erase(): void {
    if (this.live === '') return;
    this.io.err('\r\u001B[K');
    this.live = '';
  }
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}

/** The lines of the file as it lies on the disk; none when it is gone. */
function linesOf(uri: string): readonly string[] {
  const path = pathOfUri(uri);
  try {
    return path === undefined ? [] : readFileSync(path, 'utf8').split(/\r\n|\r|\n/);
  } catch {
    return [];
  }
}
