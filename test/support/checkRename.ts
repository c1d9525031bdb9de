// The one caller of renaming, and a workspace with cursors to rename at.

import { pathOf } from './memoryHost';
import { editsOf } from './workspaceEdits';
import { openAtCursor, placeText } from './workspaceFixture';

/** `path:line:column old -> new` of every edit, or the reason why there is none. */
export async function checkRename(marked: string, newName: string): Promise<readonly string[] | string | undefined> {
  const { service, cursor, texts } = await openAtCursor(marked);
  const answer = service.rename(cursor.uri, cursor.position, newName, { annotated: false });
  if (answer?.kind !== 'edit') return answer?.reason;
  return [...editsOf(answer.edit)].flatMap(([uri, edits]) =>
    edits.map(({ range, newText }) => `${placeText(texts, pathOf(uri), range)} -> ${newText}`),
  );
}

/** `path:line:column text` of what would be replaced, with the placeholder where it differs, or the reason why nothing is. */
export async function checkPrepareRename(marked: string): Promise<string | undefined> {
  const { service, cursor, texts } = await openAtCursor(marked);
  const answer = service.prepareRename(cursor.uri, cursor.position);
  if (answer?.kind !== 'place') return answer?.reason;
  const place = placeText(texts, cursor.path, answer.range);
  return place.endsWith(` ${answer.placeholder}`) ? place : `${place} (${answer.placeholder})`;
}

export type Mark =
  | 'template'
  | 'templateVariant'
  | 'tuple'
  | 'tupleVariant'
  | 'function'
  | 'attribute'
  | 'className'
  | 'name'
  | 'set'
  | 'alias'
  | 'variable';

/** A workspace with a cursor at one of its marks. */
export function renameWorkspace(mark: Mark): string {
  const at = (one: Mark): string => (one === mark ? '$0' : '');
  return `import featureform as ff
from sources import spark, transactions

@spark.sql_transformation(variant="v1")
def aver${at('function')}age():
    return "SELECT * FROM {{ trans${at('template')}actions.ka${at('templateVariant')}ggle }} a JOIN <<transactions.kaggle>> b"

@spark.df_transformation(variant="v1", inputs=[("aver${at('tuple')}age", "v${at('tupleVariant')}1"), ("transactions", "kaggle"), average])
def rounded(df, raw, again):
    return df

@spark.sql_transformation(variant="v1", inputs=[transac${at('variable')}tions])
def of_input(tx):
    return "SELECT * FROM {{t${at('alias')}x}}"

@ff.entity
class Us${at('className')}er:
    av${at('attribute')}g = ff.Feature(average[["id", "amount"]], variant="v1", type=ff.Float32)
    fraud = ff.Label(transactions[["id", "fraud"]], variant="v1", type=ff.Bool)

ff.register_training_set("s${at('set')}et", "v1", features=[("avg", "v1"), User.avg], label=("fraud", "v1"))
--- sources.py
import featureform as ff
spark = ff.get_spark("emr")
transactions = spark.register_file(name="trans${at('name')}actions", variant="kaggle", file_path="s3://b/t.parquet")
--- other.py
from definitions import average, User
from definitions import spark
import definitions
print(average, definitions.average, User.avg)
client = ff.Client()
client.training_set("set", "v1")
frame = client.dataframe("transactions", "kaggle")
client.features([("avg", "v1")], {"user": "1"})
`;
}
