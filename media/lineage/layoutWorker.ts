// Asks the worker for layouts, one at a time: what is asked for meanwhile waits, and only the last of it.

import type { GraphLayout, LayoutGraph, LayoutOptions, LayoutSize } from '../../shared/lineage/graphLayout';

export interface LayoutQuestion {
  readonly graph: LayoutGraph;
  readonly sizes: ReadonlyMap<string, LayoutSize>;
  readonly options: LayoutOptions;
  /** Nothing is to stay where it was. */
  readonly fresh: boolean;
}

export type LayoutAnswer = { readonly layout: GraphLayout } | { readonly problem: string };

interface Waiting {
  readonly question: LayoutQuestion;
  readonly resolve: (layout: GraphLayout | undefined) => void;
  readonly reject: (error: Error) => void;
}

export class LayoutWorker {
  private asked: Waiting | undefined;
  private next: Waiting | undefined;

  private constructor(private readonly worker: Worker) {
    worker.addEventListener('message', ({ data }: MessageEvent<LayoutAnswer>) => {
      this.settle(data);
    });
    worker.addEventListener('error', (event) => {
      this.settle({ problem: event.message === '' ? 'the worker has stopped' : event.message });
    });
  }

  /** @param url of the script: a page of VS Code may start workers from blobs alone. */
  static async start(url: string): Promise<LayoutWorker> {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`the script of the layout cannot be loaded: ${response.status} ${response.statusText}`);
    const blob = new Blob([await response.text()], { type: 'text/javascript' });
    const address = URL.createObjectURL(blob);
    return new LayoutWorker(new Worker(address));
  }

  /** The layout; undefined when another one was asked for before this one was there. */
  ask(question: LayoutQuestion): Promise<GraphLayout | undefined> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { question, resolve, reject };
      if (!this.asked) {
        this.send(waiting);
        return;
      }
      this.next?.resolve(undefined);
      this.next = waiting;
    });
  }

  private send(waiting: Waiting): void {
    this.asked = waiting;
    this.worker.postMessage(waiting.question);
  }

  private settle(answer: LayoutAnswer): void {
    const { asked, next } = this;
    this.asked = this.next = undefined;
    if (next) this.send(next);
    if ('problem' in answer) asked?.reject(new Error(answer.problem));
    else asked?.resolve(next ? undefined : answer.layout);
  }
}
