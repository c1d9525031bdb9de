"""Reads tables with the local Spark, as Featureform does, and tells what it found.

    python spark_reads.py < requests.json > answers.json      needs PySpark 3.5 and Java 17

A request is `{"format": "parquet" | "csv", "path": ..., "options": {...}}`, or `{"format": "lines", "lines": [...], "width": n}`:
lines of CSV to be read as n columns of text. An answer holds `columns`, `rowCount` and `rows`, or `error`. A request
`{"format": "sql", "queries": [...], "path": ...}` writes each query's rows as one more part of a parquet folder first.
"""

import json
import os
import pathlib
import shutil
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "tables"))

from spark_session import local_spark  # noqa: E402
from spark_text import truth_of  # noqa: E402

requests = json.load(sys.stdin)
# Hundreds of small queries: compiling code for them would cost more than it spares.
spark = local_spark(
    spark__driver__extraJavaOptions="-Duser.timezone=UTC -XX:TieredStopAtLevel=1",
    spark__sql__codegen__wholeStage="false",
    spark__sql__codegen__factoryMode="NO_CODEGEN",
)
spark.sparkContext.setLogLevel("OFF")


def write_parts(path, queries):
    """One part a query, in order."""
    pathlib.Path(path).mkdir(parents=True)
    for index, query in enumerate(queries):
        with tempfile.TemporaryDirectory() as scratch:
            spark.sql(query).coalesce(1).write.parquet(f"{scratch}/out")
            shutil.copy(next(pathlib.Path(scratch, "out").glob("part-*")), f"{path}/part-{index:05d}.parquet")


def answer(request):
    kind = request["format"]
    if kind == "lines":
        schema = ",".join("c%d string" % index for index in range(request["width"]))
        lines = spark.sparkContext.parallelize(request["lines"], 1)
        return {"rows": [list(row) for row in spark.read.schema(schema).csv(lines).collect()]}
    if kind == "sql":
        write_parts(request["path"], request["queries"])
        kind = "parquet"
    return truth_of(spark.read.options(**request.get("options", {})).format(kind).load(request["path"]))


answers = []
for request in requests:
    try:
        answers.append(answer(request))
    except Exception as error:
        answers.append({"error": str(error).split("\n")[0]})
print(json.dumps(answers))
sys.stdout.flush()
os._exit(0)
