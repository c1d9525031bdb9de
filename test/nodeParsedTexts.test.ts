// Trees that are kept on the disk, as a program meets them that starts again: the second start must answer as the first did, whatever
// has become of the file meanwhile.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLanguageService, type LanguageService } from '../server/src/languageService';
import { createNodeHost } from '../server/src/nodeHost';
import { openParsedTexts } from '../server/src/nodeParsedTexts';
import { uriOfPath } from '../server/src/workspace/fileUris';
import { generateWorkspace } from './support/generatedWorkspace';
import { parserForTests, pythonForTests } from './support/python';

const format = 'one';
/** Enough definitions for a file to be written. */
const generated = generateWorkspace(400);
const broken = `import featureform as ff
from provider import spark

@spark.sql_transformation(name="half", variant="v1"
def half():
    return "SELECT amount FORM {{transactions_0.raw}}"

é = f"{'a' 'b'}" + b"\\xff".decode() if 0x_1F else 10_000_000_000_000_000_000_000 or 1e400 or -0.0 or 3j
`;

describe('trees on the disk', () => {
  let home: string;
  let workspace: string;
  let cacheFolder: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'sparkform-trees-'));
    workspace = join(home, 'workspace');
    cacheFolder = join(home, 'cache');
    mkdirSync(workspace);
    for (const { name, text } of generated) writeFileSync(join(workspace, name), text);
    writeFileSync(join(workspace, 'broken.py'), broken);
  });
  afterEach(() => {
    rmSync(home, { recursive: true });
  });

  /** A start of a program; resolves when its trees are written. */
  const start = async (version = format): Promise<LanguageService> => {
    const host = createNodeHost({ roots: [workspace], treeCache: { cacheFolder, format: version } });
    let saved: Promise<void> = Promise.resolve();
    const openTrees = async (): Promise<Awaited<ReturnType<typeof openParsedTexts>>> => {
      const trees = await openParsedTexts({ cacheFolder, format: version }, [workspace]);
      return {
        ...trees,
        save() {
          saved = trees.save();
          return saved;
        },
      };
    };
    const service = await createLanguageService({ host: { ...host, openTrees }, python: pythonForTests() });
    await service.load();
    await saved;
    return service;
  };
  const treeFile = (): string => {
    const names = readdirSync(join(cacheFolder, 'trees'));
    expect(names).toEqual([expect.stringMatching(/^[0-9a-f]{32}\.bin$/)]);
    return join(cacheFolder, 'trees', names[0] ?? '');
  };
  const answers = (service: LanguageService): unknown => [service.resources(), service.documents.map((uri) => service.diagnostics(uri))];
  const uri = (name: string): string => uriOfPath(join(workspace, name));

  it('are read again as they were written', async () => {
    const first = await start();
    const second = await start();
    for (const document of first.documents) {
      const [module, again] = [first, second].map(({ snapshot }) => snapshot.files.get(document)?.module);
      expect(again).toStrictEqual(module);
    }
    expect(answers(second)).toEqual(answers(first));
    expect(second.diagnostics(uri('broken.py')).map(({ code }) => code)).toContain('python-syntax-error');
  });

  it('go before parsing', async () => {
    const other = generated[1]?.text ?? '';
    const trees = await openParsedTexts({ cacheFolder, format }, [workspace]);
    for (const { text } of generated) trees.get(text);
    (await parserForTests()).parse('other.py', other, undefined, {
      get: () => undefined,
      put: (_text, tree) => {
        trees.put(broken, tree);
      },
    });
    await trees.save();
    const { resources } = (await start()).resources();
    const definedIn = (name: string): number => resources.filter((one) => one.uri === uri(name)).length;
    expect(definedIn('broken.py')).toBe(definedIn(generated[1]?.name ?? ''));
    expect(definedIn('broken.py')).toBeGreaterThan(50);
  });

  it('are followed by edits as trees that were just parsed are', async () => {
    await start();
    const name = generated[1]?.name ?? '';
    const text = generated[1]?.text ?? '';
    const edited = [
      text.replace('SELECT t.account_id', 'SELECT t.acount, t.account_id'),
      `# above\n${text}`,
      text.slice(0, 3_000),
      `${text}\n(`,
    ];
    const [warm, fresh] = [await start(), await start('another')];
    for (const one of [...edited, text]) {
      warm.update(uri(name), one);
      fresh.update(uri(name), one);
      expect(warm.snapshot.files.get(uri(name))?.module).toStrictEqual(fresh.snapshot.files.get(uri(name))?.module);
      expect(answers(warm)).toEqual(answers(fresh));
    }
  });

  it('are written again when texts changed, came and went, and not otherwise', async () => {
    await start();
    const before = readFileSync(treeFile());
    utimesSync(treeFile(), 1_000_000, 1_000_000);
    await start();
    expect(readFileSync(treeFile()).equals(before)).toBe(true);
    // Still in use.
    expect(Date.now() - statSync(treeFile()).mtimeMs).toBeLessThan(3_600_000);
    writeFileSync(join(workspace, 'broken.py'), `${broken}\n# changed\n`);
    await start();
    const changed = readFileSync(treeFile());
    expect(changed.equals(before)).toBe(false);
    rmSync(join(workspace, 'broken.py'));
    await start();
    expect(readFileSync(treeFile()).length).toBeLessThan(before.length);
  });

  it.each<[string, (file: string) => void]>([
    [
      'that is not there',
      (file) => {
        rmSync(file);
      },
    ],
    [
      'that is empty',
      (file) => {
        truncateSync(file, 0);
      },
    ],
    [
      'that was cut off',
      (file) => {
        truncateSync(file, 100_000);
      },
    ],
    [
      'that is shorter than its digest',
      (file) => {
        truncateSync(file, 20);
      },
    ],
    [
      'in which one bit is another',
      (file) => {
        writeFileSync(file, flipped(readFileSync(file)));
      },
    ],
    [
      'that is something else',
      (file) => {
        writeFileSync(file, 'x'.repeat(500_000));
      },
    ],
    [
      'that has become a folder',
      (file) => {
        rmSync(file);
        mkdirSync(file);
      },
    ],
  ])('cost only time in a file %s', async (_what, damage) => {
    const first = await start();
    damage(treeFile());
    const second = await start();
    expect(answers(second)).toEqual(answers(first));
    // What was left over on the way is gone.
    expect(treeFile()).toBeTruthy();
  });

  it('cost only time where nothing can be written', async () => {
    writeFileSync(cacheFolder, 'a file where the folder should be');
    const first = await start();
    expect(first.documents).toHaveLength(generated.length + 1);
    expect(readFileSync(cacheFolder, 'utf8')).toBe('a file where the folder should be');
  });

  it('of another version of the parser are not read', async () => {
    const first = await start();
    const before = readFileSync(treeFile());
    const second = await start('two');
    expect(answers(second)).toEqual(answers(first));
    expect(readFileSync(treeFile()).equals(before)).toBe(false);
  });

  it('are not kept of a small workspace, nor for long of one that nobody opens', async () => {
    const trees = join(cacheFolder, 'trees');
    mkdirSync(trees, { recursive: true });
    writeFileSync(join(trees, 'old.bin'), '');
    writeFileSync(join(trees, 'new.bin'), '');
    utimesSync(join(trees, 'old.bin'), 1_000_000, 1_000_000);
    for (const { name } of generated.slice(2)) rmSync(join(workspace, name));
    await start();
    expect(readdirSync(trees).sort()).toEqual(['new.bin', 'old.bin']);
    for (const { name, text } of generated) writeFileSync(join(workspace, name), text);
    await start();
    expect(readdirSync(trees).filter((name) => name.length < 10)).toEqual(['new.bin']);
  });
});

function flipped(bytes: Buffer): Buffer {
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 4;
  return bytes;
}
