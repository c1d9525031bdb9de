// Correct definitions in any number, as a team would write them: files by subject, chains of SQL and DataFrame
// transformations across files, features and training sets. The same number always gives the same text.

export interface GeneratedFile {
  readonly name: string;
  readonly text: string;
}

/** Definitions a file holds: source, transformations, features and a training set in turn. */
const perFile = 100;

/** A workspace of `count` definitions (sources, transformations, entities, features, labels and training sets together). */
export function generateWorkspace(count: number): readonly GeneratedFile[] {
  const files: GeneratedFile[] = [{ name: 'provider.py', text: provider }];
  let made = 3;
  for (let n = 0; made < count; n++) {
    const wanted = Math.min(perFile, count - made);
    files.push({ name: `subject_${String(n).padStart(4, '0')}.py`, text: subject(n, wanted) });
    made += wanted;
  }
  return files;
}

const provider = `import featureform as ff

store = ff.register_s3(
    name="store",
    credentials=ff.AWSAssumeRoleCredentials(),
    bucket_region="us-east-1",
    bucket_name="warehouse",
)
spark = ff.register_spark(
    name="spark",
    executor=ff.EMRCredentials(
        emr_cluster_id="j-2AXXXXXXGAPLF", emr_cluster_region="us-east-1", credentials=ff.AWSAssumeRoleCredentials()
    ),
    filestore=store,
)
opening_balances = spark.register_file(name="opening_balances", variant="raw", file_path="s3://warehouse/opening.parquet")
`;

function subject(n: number, count: number): string {
  const parts = [
    `"""Subject ${n}: accounts and their transactions."""\nimport featureform as ff\n\nfrom provider import spark\n`,
    `TABLE = "transactions_${n}"
transactions_${n} = spark.register_file(
    name=TABLE, variant="raw", file_path="s3://warehouse/subjects/${n}/transactions.parquet", description="As delivered."
)
`,
  ];
  const before = n === 0 ? `opening_balances.raw` : `cleaned_${n - 1}_0.v1`;
  let made = 1;
  for (let i = 0; made < count; i++) {
    const source = i === 0 ? `transactions_${n}.raw` : `daily_${n}_${i - 1}.v1`;
    const block = [sqlTransformation(n, i, source, before), dataframeTransformation(n, i), summary(n, i)];
    for (const text of block) {
      if (made >= count) break;
      parts.push(text);
      made++;
    }
    if (made + 4 <= count && i % 8 === 7) {
      parts.push(entity(n, i));
      made += 4;
    }
  }
  return parts.join('\n');
}

function sqlTransformation(n: number, i: number, source: string, before: string): string {
  return `@spark.sql_transformation(name="cleaned_${n}_${i}", variant="v1", description="Amounts by account, without reversals.")
def cleaned_${n}_${i}():
    return "SELECT t.account_id AS account_id, t.amount AS amount, t.booked_at AS booked_at " \\
        "FROM {{${source}}} t LEFT JOIN {{${before}}} b " \\
        "ON t.account_id = b.account_id WHERE t.amount > ${i} AND t.kind <> 'reversal'"
`;
}

function dataframeTransformation(n: number, i: number): string {
  return `@spark.df_transformation(variant="v1", inputs=[("cleaned_${n}_${i}", "v1")])
def daily_${n}_${i}(cleaned):
    """One row an account and day."""
    from pyspark.sql import functions as f

    daily = cleaned.withColumn("day", f.to_date("booked_at"))
    return daily.groupBy("account_id", "day").agg(f.sum("amount").alias("amount"), f.count("*").alias("bookings"))
`;
}

function summary(n: number, i: number): string {
  return `@spark.sql_transformation(variant="v1", inputs=[("daily_${n}_${i}", "v1"), ("transactions_${n}", "raw")])
def summary_${n}_${i}(daily, raw):
    return """
        SELECT d.account_id, avg(d.amount) AS avg_amount, max(d.bookings) AS max_bookings, max(r.booked_at) AS last_booked
        FROM {{ daily }} d
        JOIN {{ raw }} r ON r.account_id = d.account_id
        GROUP BY d.account_id
        HAVING max(d.bookings) > ${i}
    """
`;
}

function entity(n: number, i: number): string {
  return `@ff.entity
class Account_${n}_${i}:
    avg_amount_${n}_${i} = ff.Feature(summary_${n}_${i}[["account_id", "avg_amount"]], variant="v1", type=ff.Float64)
    active_${n}_${i} = ff.Label(
        summary_${n}_${i}[["account_id", "max_bookings", "last_booked"]], variant="v1", type=ff.Int64
    )


ff.register_training_set(
    "activity_${n}_${i}",
    "v1",
    label=("active_${n}_${i}", "v1"),
    features=[Account_${n}_${i}.avg_amount_${n}_${i}],
)
`;
}
