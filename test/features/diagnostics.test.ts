import { expect, test } from 'vitest';
import { DiagnosticTag } from 'vscode-languageserver-types';
import { pathOf, uriOf } from '../support/memoryHost';
import { openFixture, placeText } from '../support/workspaceFixture';

const prelude = `import featureform as ff
spark = ff.register_spark(name="emr", executor=executor, filestore=store)
`;

test("a problem carries its rule, the rule's page, and the places it is about", async () => {
  const { service, texts } = await openFixture(`${prelude}spark.register_file(name="src", variant="v1", file_path="s3://b/t.csv")
--- other.py
from definitions import spark
spark.register_file(name="src", variant="v1", file_path="s3://b/u.csv")
`);
  const [problem] = service.diagnostics(uriOf('other.py'));
  expect(problem).toMatchObject({
    severity: 1,
    code: 'duplicate-resource',
    source: 'sparkform',
    codeDescription: { href: 'https://github.com/sparkform/sparkform/blob/main/docs/rules.md#duplicate-resource' },
  });
  const related = problem?.relatedInformation?.map(({ location }) => placeText(texts, pathOf(location.uri), location.range));
  expect(related).toEqual(['definitions.py:3:27 src']);
});

test('what has no effect is greyed out', async () => {
  const { service } = await openFixture(`${prelude}
@spark.sql_transformation(variant="v1", spark_params={"a": "b"})
def average():
    return "SELECT * FROM {{src.v1}}"

spark.register_file(name="src", variant="v1", file_path="s3://b/t.csv")
`);
  expect(service.diagnostics(uriOf('definitions.py'))).toMatchObject([{ code: 'ignored-argument', tags: [DiagnosticTag.Unnecessary] }]);
});

test('the least severity that is asked for is the least that is shown', async () => {
  const { service } = await openFixture(`${prelude}
@spark.sql_transformation(variant="v1")
def average():
    return "SELECT * FROM {{missing.v1}} -- {{src.v1}}"

spark.register_file(name="src", variant="v1", file_path="s3://b/t.csv")
`);
  const codes = (minSeverity: 'error' | 'warning'): readonly unknown[] =>
    service.diagnostics(uriOf('definitions.py'), { minSeverity }).map(({ code }) => code);
  expect(codes('error')).toEqual(['unknown-source']);
  expect(codes('warning')).toEqual(['unknown-source', 'template-in-literal']);
});
