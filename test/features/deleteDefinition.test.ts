import { expect, test } from 'vitest';
import { applyEdits } from '../support/workspaceEdits';
import { openAtCursor } from '../support/workspaceFixture';

/** The title of the action at `$0`, and the lines that are left of the file. */
async function checkDeletion(marked: string): Promise<readonly [title: string, left: readonly string[]] | undefined> {
  const { service, cursor, texts } = await openAtCursor(marked);
  const actions = service.codeAction(cursor.uri, { start: cursor.position, end: cursor.position }, { only: ['refactor'] });
  const action = actions.find(({ title }) => title.startsWith('Delete'));
  if (action === undefined) return undefined;
  const left = applyEdits(texts.get(cursor.path) ?? '', action.edit?.changes?.[cursor.uri] ?? []);
  return [action.title, left.split('\n').filter((line) => line !== '')];
}

type Mark = 'source' | 'function' | 'feature' | 'entity' | 'set' | 'dictionary' | 'template' | 'only';

function workspace(mark: Mark): string {
  const at = (one: Mark): string => (one === mark ? '$0' : '');
  return `import featureform as ff
spark = ff.get_spark("emr")
src = spark.register_file(name="s${at('source')}rc", variant="v1", file_path="s3://b/t.parquet")

@spark.sql_transformation(variant="v1")
def aver${at('function')}age():
    return "SELECT * FROM {{sr${at('template')}c.v1}}"


@ff.entity
class Us${at('entity')}er:
    av${at('feature')}g = ff.Feature(average[["id", "amount"]], variant="v1", type=ff.Float32)
    fraud = ff.Label(average[["id", "fraud"]], variant="v1", type=ff.Bool)

ff.register_training_set("se${at('set')}t", "v1", features=[("avg", "v1")], label=("fraud", "v1"))
made = average.register_resources(entity="user", entity_column="id",
    features=[{"name": "hei${at('dictionary')}ght", "variant": "v1", "column": "h", "type": "int"}, {"name": "b", "variant": "v1", "column": "b", "type": "int"}])
if spark:
    ff.register_user("on${at('only')}ly")
`;
}

const without = (...gone: readonly number[]): readonly string[] =>
  workspace('source')
    .replace('$0', '')
    .split('\n')
    .filter((line, index) => line !== '' && !gone.includes(index + 1));

test('the title of a deletion tells how many depend on the definition', async () => {
  expect(await checkDeletion(workspace('source'))).toEqual(['Delete "src.v1", on which 6 definitions depend', without(3)]);
  expect(await checkDeletion(workspace('function'))).toEqual(['Delete "average.v1", on which 5 definitions depend', without(5, 6, 7)]);
  expect(await checkDeletion(workspace('feature'))).toEqual(['Delete "avg.v1", on which 1 definition depends', without(12)]);
  expect(await checkDeletion(workspace('set'))).toEqual(['Delete "set.v1"', without(15)]);
});

test('an entity goes with its features', async () => {
  expect(await checkDeletion(workspace('entity'))).toEqual(['Delete "user", on which 3 definitions depend', without(10, 11, 12, 13)]);
});

test('nothing is deleted where more would go, where a block would be empty, or at a mention', async () => {
  expect(await checkDeletion(workspace('dictionary'))).toBeUndefined();
  expect(await checkDeletion(workspace('only'))).toBeUndefined();
  expect(await checkDeletion(workspace('template'))).toBeUndefined();
});
