// Workspaces that random edits begin with: made-up definitions around queries of the corpus, the workspaces and examples of
// the repository, and the cases of the rules' specifications.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { joinCells } from '../../server/src/languageService';
import { readCorpus } from '../sql/corpus';
import { parseAnnotations } from '../support/fixture/annotations';
import { parseSpecification } from '../support/fixture/specification';
import type { Random } from '../support/mutations';
import { readWorkspace } from '../support/workspaceFolder';

/** Texts by path; that of a notebook is the text of its cells, as an editor that has it open sends it. */
export type Texts = ReadonlyMap<string, string>;

const root = join(import.meta.dirname, '../..');
export const corpus = readCorpus('').map(({ text }) => text);

const workspaces = ['editor', 'nested', 'runs', 'seed', 'seed-registered', 'seed-repaired', 'today'].map(readWorkspace);
const flights = join(root, 'examples/flights');
const example: Texts = new Map(
  readdirSync(flights)
    .filter((name) => name.endsWith('.py'))
    .map((name) => [name, readFileSync(join(flights, name), 'utf8')]),
);
const specifications = join(root, 'test/specs/rules');
const cases: readonly Texts[] = readdirSync(specifications)
  .toSorted()
  .flatMap((name) => parseSpecification(readFileSync(join(specifications, name), 'utf8')))
  .map(({ files }) => new Map([...files].map(([path, text]) => [path, parseAnnotations(text).text])));
/** Every Python text of the repository's own, for parts to be pasted elsewhere. */
export const pythonTexts: readonly string[] = [...workspaces, example, ...cases]
  .flatMap((texts) => [...texts.values()])
  .filter((text) => text.length > 0);

export function startingTexts(random: Random): Texts {
  switch (random.below(8)) {
    case 0:
      return new Map([...random.pick(workspaces), ['added.py', definitions(random, 'added')]]);
    case 1:
      return new Map([...example, ['added.py', definitions(random, 'added')]]);
    case 2:
      return new Map([...random.pick(cases), ['added.py', definitions(random, 'added')]]);
    case 3:
      return new Map([...random.pick(cases), ...random.pick(cases)]);
    default:
      return madeUpTexts(random);
  }
}

/** Definitions over several files that are right as a whole, whatever their queries say. */
function madeUpTexts(random: Random): Texts {
  const cells = Array.from({ length: 1 + random.below(3) }, (_, cell) => sqlDefinition(`noted_${cell}`, random));
  return new Map([
    ['providers.py', providers],
    ['first.py', definitions(random, 'first')],
    ['second.py', `${definitions(random, 'second')}${features}`],
    ['queries/daily.sql', `${templated(random.pick(corpus), sourceNames, random)}\n`],
    ['notes.ipynb', joinCells(['import textwrap\nfrom providers import spark, TABLE', '%matplotlib inline\n1', ...cells]).text],
  ]);
}

const sourceNames = ['orders.v1', 'customers.v1', 'clicks.v2', 'cleaned.v1'];

const providers = `import featureform as ff

TABLE = "orders"
store = ff.register_s3(name="store", credentials=ff.AWSAssumeRoleCredentials(), bucket_region="us-east-1", bucket_name="lake")
spark = ff.register_spark(
    name="spark",
    executor=ff.EMRCredentials(
        emr_cluster_id="j-2AXXXXXXGAPLF", emr_cluster_region="us-east-1", credentials=ff.AWSAssumeRoleCredentials()
    ),
    filestore=store,
)
orders = spark.register_file(name=TABLE, variant="v1", file_path="s3://lake/orders.csv")
customers = spark.register_file(name="customers", variant="v1", file_path="s3://lake/customers.parquet")
clicks = spark.register_file(name="clicks", variant="v2", file_path="s3://lake/clicks")


@spark.sql_transformation(variant="v1", inputs=[orders])
def cleaned(o):
    return "SELECT o.id, o.amount AS amount FROM {{ o }} AS o WHERE o.amount > 0"
`;

const features = `

@ff.entity
class Customer:
    amount = ff.Feature(cleaned[["id", "amount"]], variant="v1", type=ff.Float32)
    clicked = ff.Label(clicks[["id", "amount", "time"]], variant="v1", type=ff.Bool)


ff.register_training_set("bought", "v1", label=("clicked", "v1"), features=[Customer.amount])
`;

function definitions(random: Random, prefix: string): string {
  const head =
    '"""Made up."""\nimport textwrap\nimport featureform as ff\nfrom providers import spark, TABLE, orders, cleaned, clicks\n\n\n';
  const made = Array.from({ length: 2 + random.below(4) }, (_, number) =>
    random.below(4) === 0 ? dataframeDefinition(`${prefix}_${number}`, random) : sqlDefinition(`${prefix}_${number}`, random),
  );
  return head + made.join('\n\n');
}

/** A transformation whose query is one of the corpus, in one of the ways in which queries are written. */
export function sqlDefinition(name: string, random: Random): string {
  const inputs = random.below(3) === 0 ? ['tx', 'other'].slice(0, 1 + random.below(2)) : [];
  const listed = inputs.map((_, index) => (index === 0 ? 'orders' : '("cleaned", "v1")')).join(', ');
  const query = templated(random.pick(corpus), [...inputs, ...inputs, ...sourceNames], random);
  const args = ['variant="v1"', ...(inputs.length > 0 ? [`inputs=[${listed}]`] : []), ...(random.below(3) === 0 ? [`name="${name}"`] : [])];
  return `@spark.sql_transformation(${args.join(', ')})\ndef ${name}(${inputs.join(', ')}):\n    """Made up."""\n    return ${written(query, random)}\n`;
}

function dataframeDefinition(name: string, random: Random): string {
  return `@spark.df_transformation(variant="v1", inputs=[("${random.pick(sourceNames).replace('.', '", "')}")${random.pick(['', ', cleaned'])}])
def ${name}(df, *others):
    from pyspark.sql import functions as f

    return df.filter(f.col("amount") > ${random.below(9)})
`;
}

/** A query with templates in the place of some of its relations. */
function templated(query: string, names: readonly string[], random: Random): string {
  return query.replaceAll(/\b(FROM|JOIN)(\s+)([a-zA-Z_]\w*)(?![\w.(])/gi, (whole, word: string, blank: string, name: string) => {
    if (random.below(4) === 0) return whole;
    const template = random.pick(['{{%}}', '{{ % }}', '<<%>>']).replace('%', random.pick(names));
    return `${word}${blank}${template}${random.pick([` ${name}`, ` AS ${name}`, ''])}`;
  });
}

function written(query: string, random: Random): string {
  const quoted = (text: string): string => JSON.stringify(text).replaceAll('\\/', '/');
  const escaped = query.replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"').replace(/"$/, '\\"');
  const indented = escaped.replaceAll('\n', '\n        ');
  switch (random.below(9)) {
    case 0:
      return quoted(query);
    case 1:
      return `(${query
        .split(/(?<=\n)/)
        .map(quoted)
        .join('\n        ')})`;
    case 2:
      return query
        .split(/(?<= )/)
        .map(quoted)
        .join(' \\\n        ');
    case 3:
      return `textwrap.dedent("""\n        ${indented}\n    """).strip()`;
    case 4:
      return `f"""${escaped.replaceAll(/[{}]/g, '$&$&')}"""`;
    case 5:
      return `${quoted(query)} + " -- " + TABLE`;
    case 6:
      return 'open("queries/daily.sql").read()';
    case 7:
      return /"""|"$|\\/.test(query) ? quoted(query) : `r"""${query}"""`;
    default:
      return `"""\n        ${indented}\n    """`;
  }
}
