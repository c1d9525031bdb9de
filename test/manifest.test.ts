// The manifest promises what the sources do: settings, commands, views, menus and files agree with them in both directions.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandIds } from '../client/src/commands/commandIds';
import { commandIds as lensCommands } from '../shared/protocol/requests';
import { defaultProject, parseProject } from '../server/src/workspace/project';
import { settingsSchema, type Setting } from '../server/src/lsp/settingsSchema';

const root = resolve(import.meta.dirname, '..');

interface Command {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
  readonly icon?: string;
  readonly enablement?: string;
}
interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}
interface View {
  readonly id: string;
  readonly type?: 'webview';
  readonly name: string;
  readonly icon: string;
}
interface Walkthrough {
  readonly id: string;
  readonly steps: readonly {
    readonly id: string;
    readonly description: string;
    readonly media: { readonly markdown: string };
    readonly completionEvents: readonly string[];
  }[];
}
interface Manifest {
  readonly name: string;
  readonly main: string;
  readonly icon: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly engines: { readonly node: string; readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly extensionKind: readonly string[];
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly supported: string;
      readonly description: string;
      readonly restrictedConfigurations: readonly string[];
    };
    readonly virtualWorkspaces: { readonly supported: boolean; readonly description: string };
  };
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
    readonly commands: readonly Command[];
    readonly keybindings: readonly { readonly command: string; readonly key: string; readonly when: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly views: Readonly<Record<string, readonly View[]>>;
    readonly viewsContainers: Readonly<Record<'activitybar' | 'panel', readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when?: string }[];
    readonly walkthroughs: readonly Walkthrough[];
    readonly jsonValidation: readonly { readonly fileMatch: string; readonly url: string }[];
    readonly customEditors?: readonly { readonly viewType: string; readonly selector: readonly { readonly filenamePattern: string }[] }[];
    readonly grammars?: readonly { readonly path: string; readonly scopeName: string }[];
  };
}

const manifestText = readFileSync(join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(manifestText) as Manifest;
const { contributes } = manifest;
const clientSources = sourcesBelow('client/src');
const commands = new Map(contributes.commands.map((command) => [command.command, command]));

describe('settings', () => {
  it('are those of the schema, word for word and in its order', () => {
    expect(contributes.configuration.properties).toEqual(Object.fromEntries(settingsSchema.map(propertyOf)));
    expect(Object.keys(contributes.configuration.properties)).toEqual(settingsSchema.map(({ key }) => `sparkform.${key}`));
  });

  it('have defaults that they allow', () => {
    for (const setting of settingsSchema) {
      if (setting.type === 'string') {
        if (setting.values !== undefined) expect(setting.values.map(({ value }) => value)).toContain(setting.default);
        if (setting.pattern !== undefined) expect(setting.default).toMatch(new RegExp(setting.pattern));
      } else if (setting.type === 'integer') {
        expect(setting.default).toBeGreaterThanOrEqual(setting.minimum);
        expect(setting.default).toBeLessThanOrEqual(setting.maximum);
      }
    }
  });

  it('that name programs, or servers that credentials go to, cannot come from a workspace, and others only from a trusted one', () => {
    const restricted = settingsSchema.filter((setting) => setting.restricted);
    expect(restricted.map(({ key, scope }) => [key, scope])).toEqual([
      ['python.path', 'machine'],
      ['java.home', 'machine'],
      ['s3.profile', 'window'],
      ['s3.region', 'window'],
      ['s3.endpoint', 'machine'],
      ['s3.requesterPays', 'window'],
    ]);
    expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toEqual(restricted.map(({ key }) => `sparkform.${key}`));
  });

  it('are each read by the side that acts on them, with the default of the schema', () => {
    const source = readFileSync(join(root, 'client/src/settings.ts'), 'utf8');
    const read = new Map(
      [...source.matchAll(/\b(?:text|flag|number)\('([\w.]+)', ([^,)]+)/g)].map(([, key, value]) => [key, literal(value)]),
    );
    for (const { key, reader, default: fallback } of settingsSchema) {
      // The language client itself reads how much it traces.
      if (key === 'trace.server') continue;
      expect(read.get(key), `${key} (${reader})`).toEqual(fallback);
      read.delete(key);
    }
    expect([...read.keys()]).toEqual([]);
  });
});

describe('commands', () => {
  it('are those that the client registers', () => {
    const elsewhere = [...clientSources.values()].flatMap((text) =>
      [...text.matchAll(/registerCommand\(\s*'([\w.]+)'/g)].map(([, id]) => id ?? ''),
    );
    expect([...commands.keys()].toSorted()).toEqual([...commandIds, ...elsewhere].toSorted());
  });

  it('include those that code lenses carry', () => {
    for (const id of Object.values(lensCommands)) expect(commands.has(id), id).toBe(true);
  });

  it('have a title, the category and an icon of VS Code', () => {
    for (const { command, title, category, icon } of contributes.commands) {
      expect(command).toMatch(/^sparkform\.[a-z][A-Za-z0-9]*$/);
      expect(title, command).toMatch(/^[A-Z].*[^.]$/);
      expect(title, command).not.toContain('Sparkform');
      expect(category, command).toBe('Sparkform');
      expect(icon, command).toMatch(/^\$\([a-z-]+\)$/);
    }
  });

  it('have titles that differ', () => {
    const titles = contributes.commands.map(({ title }) => title);
    expect(titles).toEqual([...new Set(titles)]);
  });
});

describe('keys', () => {
  it('run commands that exist, where definitions are edited', () => {
    expect(contributes.keybindings.length).toBeGreaterThan(0);
    for (const { command, key, when } of contributes.keybindings) {
      expectCommand(command);
      expect(key, command).toMatch(/^(shift\+alt|ctrl\+k)[+ ]/);
      expect(when, command).toContain('sparkform.definitionFile && editorTextFocus');
    }
  });
});

describe('menus', () => {
  it('offer commands that exist', () => {
    for (const [menu, items] of Object.entries(contributes.menus)) {
      for (const { command } of items) expect(commands.has(command ?? ''), `${menu}: ${String(command)}`).toBe(true);
    }
  });

  it('say when and where each item appears', () => {
    for (const [menu, items] of Object.entries(contributes.menus)) {
      for (const { command, when, group } of items) {
        expect(when, `${menu}: ${String(command)}`).toBeTruthy();
        if (menu !== 'commandPalette') expect(group, `${menu}: ${String(command)}`).toMatch(/^(navigation|inline|\d_\w+)@\d+$/);
      }
    }
  });

  it('ask only for context keys that somebody sets', () => {
    const conditions = [
      ...Object.values(contributes.menus).flat(),
      ...contributes.viewsWelcome,
      ...contributes.commands.map(({ enablement }) => (enablement === undefined ? {} : { when: enablement })),
    ].map(({ when }) => when ?? '');
    const asked = new Set(conditions.flatMap((when) => when.match(/(?<!== )\bsparkform\.\w+/g) ?? []));
    const viewIds = new Set(Object.values(contributes.views).flatMap((views) => views.map(({ id }) => id)));
    const all = [...clientSources.values()].join('\n');
    for (const key of asked) if (!viewIds.has(key)) expect(all.includes(`'${key}'`), key).toBe(true);
    expect([...asked].toSorted()).toContain('sparkform.runnableFile');
  });

  it('name only views that exist, and rows that the trees make', () => {
    const viewIds = Object.values(contributes.views).flatMap((views) => views.map(({ id }) => id));
    const items = [...(contributes.menus['view/title'] ?? []), ...(contributes.menus['view/item/context'] ?? [])];
    for (const { when = '' } of items) {
      const view = /view == ([\w.]+)/.exec(when)?.[1];
      if (view !== undefined) expect(viewIds).toContain(view);
    }
  });
});

describe('views', () => {
  it('live in the containers of the extension and are filled by the client', () => {
    expect(
      Object.values(contributes.viewsContainers)
        .flat()
        .map(({ id }) => id),
    ).toEqual(Object.keys(contributes.views));
    const filled = (how: string): readonly (string | undefined)[] =>
      [...clientSources.values()].flatMap((text) => [...text.matchAll(new RegExp(`${how}\\('([\\w.]+)'`, 'g'))].map(([, id]) => id));
    const views = Object.values(contributes.views).flat();
    const ofType = (wanted: string): readonly string[] => views.filter(({ type = 'tree' }) => type === wanted).map(({ id }) => id);
    expect(ofType('tree')).toEqual(filled('createTreeView').toSorted());
    expect(ofType('webview')).toEqual(filled('registerWebviewViewProvider').toSorted());
  });

  it('say what to do when they are empty, by commands that exist', () => {
    // What a webview shows, it draws itself.
    const trees = Object.values(contributes.views)
      .flat()
      .filter(({ type }) => type !== 'webview');
    const views = trees.map(({ id }) => id);
    expect([...new Set(contributes.viewsWelcome.map(({ view }) => view))]).toEqual(views);
    for (const id of contributes.viewsWelcome.flatMap(({ contents }) => linkedCommands(contents))) expectCommand(id);
  });
});

describe('walkthrough', () => {
  it('links and completes by commands and views that exist', () => {
    const views = Object.values(contributes.views).flatMap((some) => some.map(({ id }) => id));
    for (const step of contributes.walkthroughs.flatMap(({ steps }) => steps)) {
      for (const id of linkedCommands(step.description)) if (!views.includes(id.replace(/\.focus$/, ''))) expectCommand(id);
      for (const event of step.completionEvents) {
        const [kind, id = ''] = event.split(':');
        if (kind === 'onCommand') expectCommand(id);
        else expect(views).toContain(id);
      }
    }
  });

  it('is the one that the command opens', () => {
    expect(contributes.walkthroughs.map(({ id }) => id)).toEqual(['sparkform.start']);
    expect(clientSources.get(join('client/src', 'commands', 'createExample.ts'))).toContain('#sparkform.start`');
  });
});

describe('activation', () => {
  it('waits for Python, a project of ours or a panel of the last window; VS Code adds views, commands and editors by itself', () => {
    const restored = [...clientSources.values()].flatMap((text) => [...text.matchAll(/viewType = '(\w+\.\w+Panel)'/g)].map(([, id]) => id));
    expect(manifest.activationEvents).toEqual([
      'onLanguage:python',
      'workspaceContains:sparkform.json',
      ...restored.map((id) => `onWebviewPanel:${id ?? ''}`),
    ]);
    expect(restored).toEqual(['sparkform.lineagePanel']);
  });

  it('runs beside the files', () => {
    expect(manifest.extensionKind).toEqual(['workspace']);
    expect(manifest.capabilities.virtualWorkspaces.supported).toBe(false);
  });

  it('works in restricted mode, and says what does not', () => {
    const { supported, description } = manifest.capabilities.untrustedWorkspaces;
    expect(supported).toBe('limited');
    expect(description).toMatch(/checked without running/);
  });

  it('needs the VS Code whose types it is compiled with', () => {
    expect(manifest.engines.vscode).toBe('^1.100.0');
    expect(manifest.devDependencies['@types/vscode']).toBe(manifest.engines.vscode);
  });
});

describe('files', () => {
  it('that the manifest names are there', () => {
    const named = [
      manifest.icon,
      ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
      ...Object.values(contributes.views).flatMap((views) => views.map(({ icon }) => icon)),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.markdown)),
      ...contributes.jsonValidation.map(({ url }) => url),
      ...(contributes.grammars ?? []).map(({ path }) => path),
    ];
    for (const file of named) expect(existsSync(join(root, file)), file).toBe(true);
  });

  it('that are built have a source', () => {
    const build = readFileSync(join(root, 'esbuild.config.mjs'), 'utf8');
    for (const file of [manifest.main, ...Object.values(manifest.bin)]) {
      const name = /^\.\/dist\/(\w+)\.js$/.exec(file)?.[1];
      expect(build, file).toMatch(new RegExp(`\\b${String(name)}: '[\\w/]+\\.ts'`));
    }
  });

  it('of the example exist and none is forgotten', () => {
    const source = clientSources.get(join('client/src', 'commands', 'createExample.ts')) ?? '';
    const listed = [...(/exampleFiles = \[([^\]]*)\]/.exec(source)?.[1] ?? '').matchAll(/'([^']+)'/g)].map(([, file]) => file);
    const present = readdirSync(join(root, 'media/example'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(root, 'media/example/').length));
    expect(listed.toSorted()).toEqual(present.toSorted());
  });
});

describe('texts', () => {
  it('stand in the manifest itself, in one language', () => {
    expect(manifestText).not.toMatch(/"%[\w.]+%"/);
    expect(existsSync(join(root, 'package.nls.json'))).toBe(false);
  });
});

describe('the schema of sparkform.json', () => {
  const schema = JSON.parse(readFileSync(join(root, 'schemas/sparkform.schema.json'), 'utf8')) as {
    readonly properties: Readonly<Record<string, { readonly enum?: readonly string[]; readonly default?: unknown }>> & {
      readonly rules: { readonly additionalProperties: { readonly enum: readonly string[] } };
      readonly runs: { readonly properties: { readonly keep: { readonly default: number; readonly minimum: number } } };
    };
  };
  const samples: Readonly<Record<string, readonly unknown[]>> = {
    $schema: ['./sparkform.schema.json'],
    featureform: schema.properties['featureform']?.enum ?? [],
    spark: schema.properties['spark']?.enum ?? [],
    locations: [{}, { 's3://bucket/': './data/' }],
    exclude: [[], ['**/old/**']],
    rules: schema.properties.rules.additionalProperties.enum.map((severity) => ({ 'unused-input': severity })),
    runs: [{}, { keep: schema.properties.runs.properties.keep.minimum }],
  };

  it('allows what the server reads', () => {
    expect(Object.keys(schema.properties)).toEqual(Object.keys(samples));
    for (const [key, values] of Object.entries(samples)) {
      for (const value of values) expect(parseProject(JSON.stringify({ [key]: value })).problems, key).toEqual([]);
    }
  });

  it('has the defaults of the server', () => {
    expect(schema.properties['featureform']?.default).toBe(defaultProject.featureform);
    expect(schema.properties.runs.properties.keep.default).toBe(defaultProject.keepRuns);
  });

  it('is for the file at any root', () => {
    expect(contributes.jsonValidation).toEqual([{ fileMatch: 'sparkform.json', url: './schemas/sparkform.schema.json' }]);
  });
});

function propertyOf(setting: Setting, order: number): [string, Record<string, unknown>] {
  const { key, type, default: fallback, scope, description } = setting;
  const property: Record<string, unknown> = { type, default: fallback, scope, order, markdownDescription: description };
  if (setting.type === 'integer') Object.assign(property, { minimum: setting.minimum, maximum: setting.maximum });
  if (setting.type === 'string' && setting.values !== undefined) {
    property['enum'] = setting.values.map(({ value }) => value);
    property['markdownEnumDescriptions'] = setting.values.map((value) => value.description);
  }
  if (setting.type === 'string' && setting.pattern !== undefined) {
    Object.assign(property, { pattern: setting.pattern, patternErrorMessage: setting.patternMessage });
  }
  return [`sparkform.${key}`, property];
}

/** The commands of Markdown links; those of VS Code itself begin with other words. */
function linkedCommands(markdown: string): readonly string[] {
  return [...markdown.matchAll(/\(command:([\w.]+)\)/g)].map(([, id]) => id ?? '');
}

function expectCommand(id: string): void {
  if (id.startsWith('workbench.') || id.startsWith('vscode.')) return;
  expect(commands.has(id), id).toBe(true);
}

function literal(source: string | undefined): unknown {
  return JSON.parse((source ?? '').trim().replace(/^'(.*)'$/, '"$1"')) as unknown;
}

function sourcesBelow(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.name.endsWith('.ts'));
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(root.length + 1), readFileSync(path, 'utf8')];
    }),
  );
}
