import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { CheckReport } from '../../server/src/cli/checkReport';
import { sparkform, temporaryFolder } from '../support/cli';
import { notebookText } from '../support/notebook';

const folders: { readonly dispose: () => void }[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.dispose();
});

class Repository {
  constructor(readonly path: string) {}

  git(...args: readonly string[]): string {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false', '-c', 'init.defaultBranch=main'];
    return execFileSync('git', [...identity, ...args], { cwd: this.path, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  commit(message: string): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', message);
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.path, name), text);
  }

  /** What `check --changed-since REF` reports, one line a problem, and the line of the summary. */
  check(ref: string, folder = '.'): readonly string[] {
    const { out, err } = sparkform(['check', '--changed-since', ref], join(this.path, folder));
    if (err !== '') throw new Error(err);
    return out.split('\n').filter((line) => /^\S/.test(line));
  }
}

function repository(files: Readonly<Record<string, string>>): Repository {
  const folder = temporaryFolder(files);
  folders.push(folder);
  const made = new Repository(folder.path);
  made.git('init', '--quiet');
  made.commit('first');
  return made;
}

const head = 'import featureform as ff\nspark = ff.Client().get_spark("e")\n';
const orders = `${head}spark.register_file("orders", "s3://shop/o.csv", variant="v1")\n`;
const query = (name: string, source: string): string =>
  `${head}@spark.sql_transformation(variant="v1")\ndef ${name}():\n    return "SELECT * FROM {{${source}}}"\n`;

const start = {
  'sources.py': orders,
  'reader.py': query('reader', 'orders.v1'),
  'broken.py': query('broken', 'nothing.v1'),
};

describe('check --changed-since', () => {
  it('says nothing of what was there before', () => {
    const made = repository(start);
    expect(made.check('HEAD')).toEqual(['0 files changed since HEAD, 0 resources: no problems']);
    made.write('reader.py', query('reader', 'orders.v1').replace('*', 'id'));
    expect(made.check('HEAD')).toEqual(['1 file changed since HEAD, 1 resource: no problems']);
  });

  it('reports all that is wrong in a changed file, and what the change broke in others', () => {
    const made = repository(start);
    made.write('sources.py', orders.replace('"orders"', '"sales"'));
    made.write('broken.py', `${query('broken', 'nothing.v1')}\n# one more line\n`);
    expect(made.check('HEAD')).toEqual([
      'broken.py:5:29 error "nothing.v1" is not defined in the workspace [unknown-source]',
      'reader.py:5:29 error "orders.v1" is not defined in the workspace [unknown-source]',
      '2 files changed since HEAD, 2 resources: 2 errors, 0 warnings',
    ]);
  });

  it('takes staged, untracked, deleted and renamed files for changed', () => {
    const made = repository(start);
    made.write('new.py', query('fresh', 'missing.v1'));
    expect(made.check('HEAD')[0]).toBe('new.py:5:29 error "missing.v1" is not defined in the workspace [unknown-source]');
    made.git('add', 'new.py');
    expect(made.check('HEAD').at(-1)).toBe('1 file changed since HEAD, 1 resource: 1 error, 0 warnings');
    rmSync(join(made.path, 'new.py'));
    rmSync(join(made.path, 'sources.py'));
    expect(made.check('HEAD')).toEqual([
      'reader.py:5:29 error "orders.v1" is not defined in the workspace [unknown-source]',
      '0 files changed since HEAD, 0 resources: 1 error, 0 warnings',
    ]);
    made.git('checkout', '--quiet', '--', 'sources.py');
    renameSync(join(made.path, 'broken.py'), join(made.path, 'still broken.py'));
    expect(made.check('HEAD')).toEqual([
      'still broken.py:5:29 error "nothing.v1" is not defined in the workspace [unknown-source]',
      '1 file changed since HEAD, 1 resource: 1 error, 0 warnings',
    ]);
  });

  it('counts from where the branch left, not from what became of the other', () => {
    const made = repository(start);
    made.git('checkout', '--quiet', '-b', 'work');
    made.write('mine.py', query('mine', 'orders.v1'));
    made.commit('mine');
    made.git('checkout', '--quiet', 'main');
    made.write('broken.py', query('broken', 'orders.v1'));
    made.commit('theirs');
    made.git('checkout', '--quiet', 'work');
    expect(made.check('main')).toEqual(['1 file changed since main, 1 resource: no problems']);
  });

  it('works in a subfolder, with files of the folder only', () => {
    const made = repository({ 'sparkform.json': '{}', 'sub/reader.py': query('reader', 'orders.v1'), 'sources.py': orders });
    made.write('sources.py', orders.replace('"orders"', '"sales"'));
    expect(made.check('HEAD', 'sub')).toEqual([
      'reader.py:5:29 error "orders.v1" is not defined in the workspace [unknown-source]',
      '0 files changed since HEAD, 0 resources: 1 error, 0 warnings',
    ]);
  });

  it('knows what notebooks held', () => {
    const made = repository({
      ...start,
      'sources.ipynb': notebookText([orders.replace('orders', 'rides')]),
      'rides.py': query('tour', 'rides.v1'),
    });
    expect(made.check('HEAD')).toEqual(['0 files changed since HEAD, 0 resources: no problems']);
    made.write('sources.ipynb', notebookText(['# Nothing']));
    expect(made.check('HEAD')).toEqual([
      'rides.py:5:29 error "rides.v1" is not defined in the workspace [unknown-source]',
      '1 file changed since HEAD, 0 resources: 1 error, 0 warnings',
    ]);
  });

  it('knows what files of SQL held', () => {
    const reader = query('reader', 'x').replace('"SELECT * FROM {{x}}"', 'open("q.sql").read()');
    const made = repository({ 'sources.py': orders, 'reader.py': reader, 'q.sql': 'SELECT * FROM {{orders.v1}}\n' });
    expect(made.check('HEAD')).toEqual(['0 files changed since HEAD, 0 resources: no problems']);
    made.write('q.sql', 'SELECT * FROM {{order.v1}}\n');
    expect(made.check('HEAD')[0]).toBe('q.sql:1:17 error "order.v1" is not defined in the workspace [unknown-source]');
  });

  it('reports everything when the settings changed', () => {
    const made = repository({ ...start, 'sparkform.json': '{}' });
    made.write('sparkform.json', '{ "rules": { "unknown-source": "warning" } }');
    expect(made.check('HEAD')).toEqual([
      'broken.py:5:29 warning "nothing.v1" is not defined in the workspace [unknown-source]',
      '3 files changed since HEAD, 3 resources: 0 errors, 1 warning',
    ]);
  });

  it('names the commit in JSON, and keeps the other formats', () => {
    const made = repository(start);
    made.write('new.py', query('fresh', 'missing.v1'));
    const { code, out } = sparkform(['check', '--changed-since', 'HEAD', '--format', 'json'], made.path);
    expect(code).toBe(1);
    const report = JSON.parse(out) as CheckReport;
    expect(report).toMatchObject({ changedSince: 'HEAD', files: 1, resources: 1, coverage: { references: 1 } });
    expect(report.diagnostics.map(({ file, code: rule }) => [file, rule])).toEqual([['new.py', 'unknown-source']]);
    expect(sparkform(['check', '--changed-since', 'HEAD', '--format', 'github'], made.path).out).toBe(
      '::error file=new.py,line=5,endLine=5,col=29,endColumn=35,title=unknown-source::"missing.v1" is not defined in the workspace\n',
    );
  });

  it('refuses what is no repository and what names no commit', () => {
    const folder = temporaryFolder({ 'a.py': orders });
    folders.push(folder);
    const lone = { GIT_CEILING_DIRECTORIES: join(folder.path, '..') };
    expect(sparkform(['check', '--changed-since', 'HEAD'], folder.path, lone)).toEqual({
      code: 2,
      out: '',
      err: `sparkform: check: --changed-since needs a git repository; "${folder.path}" is in none\n`,
    });
    const made = repository(start);
    for (const ref of ['nowhere', '', 'HEAD:sources.py']) {
      expect(sparkform(['check', '--changed-since', ref], made.path)).toEqual({
        code: 2,
        out: '',
        err: `sparkform: check: --changed-since: "${ref}" is not a commit, branch or tag of the repository\n`,
      });
    }
    expect(sparkform(['check', '--changed-since=--help'], made.path).code).toBe(2);
    made.git('checkout', '--quiet', '--orphan', 'other');
    made.commit('without a past');
    expect(sparkform(['check', '--changed-since', 'main'], made.path)).toEqual({
      code: 2,
      out: '',
      err: 'sparkform: check: --changed-since: "main" and the present commit have no history in common; a shallow clone may lack it\n',
    });
    expect(sparkform(['check', '--changed-since', 'HEAD'], made.path, { PATH: join(made.path, 'empty') })).toEqual({
      code: 2,
      out: '',
      err: 'sparkform: check: --changed-since needs git, which was not found\n',
    });
  });

  it('reads nothing of a repository that it is not asked about', () => {
    const made = repository({ 'a/sources.py': orders, 'b/broken.py': query('broken', 'nothing.v1') });
    mkdirSync(join(made.path, 'c'));
    made.write('b/broken.py', query('broken', 'nothing.v2'));
    expect(sparkform(['check', 'a', '--changed-since', 'HEAD'], made.path)).toEqual({
      code: 0,
      err: '',
      out: '0 files changed since HEAD, 0 resources: no problems\n',
    });
  });
});
