// Files of SQL between definitions that begin and cease to read them, and edits elsewhere.

import { expect, test } from 'vitest';
import { uriOf } from '../support/memoryHost';
import { openFixture } from '../support/workspaceFixture';

const provider = 'import featureform as ff\nspark = ff.get_spark("e")\n';
const source = `${provider}spark.register_file(name="orders", variant="v1", file_path="s3://b/o.csv")\n`;
const reader = `${provider}@spark.sql_transformation(variant="v1")\ndef f():\n    return open("q.sql").read()\n`;
const [query, definitions, sources] = [uriOf('q.sql'), uriOf('definitions.py'), uriOf('sources.py')];

test('a file of SQL leaves the workspace with its last reader, and comes back with its present text', async () => {
  const { service, host } = await openFixture(reader);
  host.write(query, 'SELECT a FROM {{orders.v1}}\n');
  await service.fileChanged(query);
  expect(service.documents).toEqual([definitions, query]);
  service.update(definitions, provider);
  expect((await service.readQueries()).changed).toEqual([query]);
  expect(service.documents).toEqual([definitions]);
  service.update(query, 'SELECT 1\n');
  await service.readQueries();
  expect(service.structure.semanticTokens(query)).toBeUndefined();
  service.update(definitions, reader);
  expect((await service.readQueries()).changed).toEqual([query, definitions]);
  expect(service.snapshot.files.get(query)?.text).toBe('SELECT 1\n');
});

test('an edit that makes a file of SQL wrong tells of that file', async () => {
  const { service, host } = await openFixture(`${reader}--- sources.py\n${source}`);
  host.write(query, 'SELECT a FROM {{orders.v1}}\n');
  await service.fileChanged(query);
  expect(service.diagnostics(query)).toEqual([]);
  const version = service.diagnosticsVersion(query);
  expect(service.update(sources, provider)).toEqual({ changed: [sources, definitions, query], surfaceChanged: true });
  expect(service.diagnosticsVersion(query)).toBeGreaterThan(version);
  expect(service.diagnostics(query).map(({ code }) => code)).toEqual(['unknown-source']);
});

test('what two files say of one query is one problem, in the same order whichever was checked first', async () => {
  const other = reader.replace('def f', 'def g');
  const found: unknown[] = [];
  for (const order of [
    [definitions, sources],
    [sources, definitions],
  ]) {
    const { service, host } = await openFixture(`${reader}--- sources.py\n${other}`);
    host.write(query, "SELECT '{{gone}}', {{gone}}.a FROM {{gone}}\n");
    await service.fileChanged(query);
    for (const uri of order) service.diagnostics(uri);
    found.push(service.diagnostics(query).map(({ code, range }) => `${String(code)} ${range.start.character}-${range.end.character}`));
  }
  expect(found[0]).toEqual(['template-in-literal 8-16', 'unknown-source 10-14', 'unknown-source 21-25', 'unknown-source 37-41']);
  expect(found[1]).toEqual(found[0]);
});
