// The built lineage view in a plain page of a real browser: its own script, style and worker under its own content security policy,
// with a host that keeps what the page asks for.

import type { Page } from 'playwright-core';
import { lineageViewHtml } from '../../client/src/lineage/lineageViewHtml';
import { applyChange, diffGraphs, type LineageGraph } from '../../shared/lineage/lineageGraph';
import {
  defaultLineageSettings,
  type LineageSettings,
  type LineageViewEvents,
  type LineageViewMethods,
  type LineageViewState,
} from '../../shared/protocol/lineageView';
import { rpcEvent, serveRequest, type Handlers } from '../../shared/protocol/webviewRpc';
import { BuiltPages } from './builtPages';
import type { ThemeName } from './themes';

export interface OpenLineageOptions {
  readonly theme?: ThemeName;
  readonly focus?: string;
  readonly settings?: Partial<LineageSettings>;
  readonly state?: Partial<LineageViewState>;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
  /** Replaces handlers of the host. */
  readonly override?: Partial<Handlers<LineageViewMethods>>;
}

/** What the page asked of its host, but for what it asks to begin with. */
export type Asked = {
  readonly [Name in keyof LineageViewMethods]: readonly [Name, LineageViewMethods[Name]['params']];
}[keyof LineageViewMethods];

export interface OpenLineagePage {
  readonly page: Page;
  readonly asked: readonly Asked[];
  readonly state: () => Promise<LineageViewState>;
  readonly tell: <Name extends keyof LineageViewEvents>(name: Name, value: LineageViewEvents[Name]) => Promise<void>;
  /** The graph became another one. */
  readonly change: (graph: LineageGraph) => Promise<void>;
  /** What the browser complained about: errors, refused loads. */
  readonly complaints: readonly string[];
}

export class LineageViewer {
  private constructor(private readonly pages: BuiltPages) {}

  static async start(): Promise<LineageViewer> {
    const pages = await BuiltPages.start(['lineage.js', 'lineageLayout.js', 'lineage.css'], (origin) =>
      lineageViewHtml({
        script: `${origin}/lineage.js`,
        style: `${origin}/lineage.css`,
        worker: `${origin}/lineageLayout.js`,
        cspSource: origin,
        nonce: 'bm9uY2U=',
        title: 'Lineage',
      }),
    );
    return new LineageViewer(pages);
  }

  stop(): Promise<void> {
    return this.pages.stop();
  }

  async open(graph: LineageGraph, options: OpenLineageOptions = {}): Promise<OpenLineagePage> {
    const { width = 1100, height = 700, theme = 'dark', reducedMotion = true, state } = options;
    const asked: Asked[] = [];
    const current = { graph, revision: 1 };
    const kept =
      <Name extends keyof LineageViewMethods>(name: Name, result: LineageViewMethods[Name]['result']) =>
      (params: LineageViewMethods[Name]['params']): Promise<LineageViewMethods[Name]['result']> => {
        asked.push([name, params] as unknown as Asked);
        return Promise.resolve(result);
      };
    const settings = { ...defaultLineageSettings, ...options.settings };
    const handlers: Handlers<LineageViewMethods> = {
      open: () => Promise.resolve({ ...current, focus: options.focus, settings }),
      openDefinition: kept('openDefinition', null),
      showProblems: kept('showProblems', null),
      run: kept('run', null),
      preview: kept('preview', null),
      copyText: kept('copyText', null),
      export: kept('export', { file: 'drawing' }),
      setSettings: kept('setSettings', null),
      ...options.override,
    };
    const built = await this.pages.open({
      width,
      height,
      theme,
      reducedMotion,
      state,
      host: (tell) => (question) => serveRequest<LineageViewMethods>(handlers, question, tell),
    });
    return {
      ...built,
      asked,
      state: async () => (await built.state()) as LineageViewState,
      tell: (name, value) => built.tell(rpcEvent<LineageViewEvents, typeof name>(name, value)),
      change: (next) => {
        const change = diffGraphs(current.graph, next);
        const since = current.revision;
        current.graph = applyChange(current.graph, change);
        current.revision++;
        return built.tell(rpcEvent<LineageViewEvents, 'changed'>('changed', { since, revision: current.revision, change }));
      },
    };
  }
}
