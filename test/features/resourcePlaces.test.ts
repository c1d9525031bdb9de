import { expect, test } from 'vitest';
import { pathOf, uriOf } from '../support/memoryHost';
import { openFixture, openAtCursor, placeText } from '../support/workspaceFixture';

/** What the service finds at `$0`, as `definition < reference`. */
async function checkResourceAt(marked: string): Promise<string> {
  const { service, cursor } = await openAtCursor(marked);
  const found = service.places.at(cursor.uri, cursor.position);
  if (found === undefined) return 'nothing';
  return [found.definition ?? '-', found.reference ?? '-'].join(' < ');
}

const head = `import featureform as ff
spark = ff.register_spark(name="emr", executor=executor, filestore=store)
src = spark.register_file(name="src", variant="v1", file_path="s3://b/t.csv")
`;

test('the definition is the innermost one around the cursor, and the reference what the cursor is on', async () => {
  const average = (query: string): string => `${head}
@spark.sql_transformation(variant="v1")
def average():
    return "${query}"
`;
  expect(await checkResourceAt(average('SELECT $0 * FROM {{src.v1}}'))).toBe('source:average.v1 < -');
  expect(await checkResourceAt(average('SELECT * FROM {{sr$0c.v1}}'))).toBe('source:average.v1 < source:src.v1');
  expect(await checkResourceAt(average('SELECT * FROM {{nowhere$0.v1}}'))).toBe('source:average.v1 < source:nowhere.v1');
  expect(await checkResourceAt(average('SELECT 1').replace('def average', 'def aver$0age'))).toBe('source:average.v1 < -');
  expect(await checkResourceAt(average('SELECT 1').replace('import featureform', 'import $0featureform'))).toBe('nothing');
  const user = `${head}
@ff.entity
class User:$1
    """Who pays."""
    avg = ff.Feature(src[["id", "amount"]], variant="v1", type=ff.Float32)
`;
  expect(await checkResourceAt(user.replace('$1', '').replace('pays', 'pa$0ys'))).toBe('entity:user < -');
  expect(await checkResourceAt(user.replace('$1', '').replace('Float32', 'Flo$0at32'))).toBe('feature:avg.v1 < -');
  expect(await checkResourceAt(user.replace('$1', '').replace('Feature(src', 'Feature(s$0rc'))).toBe('feature:avg.v1 < source:src.v1');
});

test('a cursor outside of definitions may be on a reference', async () => {
  const registered = (entity: string): string => `${head}
src.register_resources(entity="${entity}", entity_column="id", features=[{"name": "avg", "column": "amount", "type": "float", "variant": "v1"}])
`;
  expect(await checkResourceAt(registered('us$0er'))).toBe('- < entity:user');
  expect(await checkResourceAt(registered('user').replace('"avg"', '"a$0vg"'))).toBe('feature:avg.v1 < -');
});

test('a file of SQL belongs to the definition that reads it', async () => {
  const reader = `${head}
@spark.sql_transformation(variant="v1")
def daily():
    return open("daily.sql").read()

@spark.sql_transformation(variant="v1")
def daily_again():
    return open("daily.sql").read()
`;
  expect(await checkResourceAt(`${reader}--- daily.sql\nSELECT $0 * FROM {{src.v1}}\n`)).toBe('source:daily.v1 < -');
  expect(await checkResourceAt(`${reader}--- daily.sql\nSELECT * FROM {{src.$0v1}}\n`)).toBe('source:daily.v1 < source:src.v1');
});

test('a key leads to the name in the definition, or to the first mention', async () => {
  const { service, texts } = await openFixture(`${head}
@spark.sql_transformation(variant="v1")
def average():
    return "SELECT * FROM {{src.v1}} JOIN {{nowhere.v1}}"
`);
  const place = (key: string): string | undefined => {
    const found = service.places.of(key);
    return found && placeText(texts, pathOf(found.uri), found.range);
  };
  expect(place('source:src.v1')).toBe('definitions.py:3:33 src');
  expect(place('source:nowhere.v1')).toBe('definitions.py:7:45 nowhere.v1');
  expect(place('source:unheard_of.v1')).toBeUndefined();
  expect(service.places.at(uriOf('unheard_of.py'), { line: 0, character: 0 })).toBeUndefined();
});
