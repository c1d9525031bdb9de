"""Writes random tables with a real Spark, and what the same Spark reads back and counts of them: python writeTables.py FOLDER SEED"""

import json
import pathlib
import random
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "tables"))

from pyspark.sql import functions as F, types as T  # noqa: E402
from spark_session import local_spark  # noqa: E402

folder, seed = pathlib.Path(sys.argv[1]), int(sys.argv[2])
chance = random.Random(seed)
# Every table has code of its own: to interpret it takes less time than to compile it.
spark = local_spark(spark__sql__codegen__wholeStage="false", spark__sql__codegen__factoryMode="NO_CODEGEN")
spark.sparkContext.setLogLevel("ERROR")

ROWS = 10000
KINDS = {
    "flag": "{n} % 3 = 0",
    "tiny": "CAST({n} % 100 AS TINYINT)",
    "small": "CAST({n} % 30000 AS SMALLINT)",
    "whole": "CAST({n} % 2000000000 AS INT)",
    "long": "{n} * 4611686018427",
    "narrow": "{n} - 500",
    "single": "CAST({n} / 7 AS FLOAT)",
    "double": "{n} / 1000.0D",
    "price": "CAST(({n} - 1000) / 100 AS DECIMAL(9,2))",
    "amount": "CAST({n} / 100 AS DECIMAL(15,2))",
    "huge": "CAST(({n} - 1000) AS DECIMAL(30,5)) * 12345678901.5",
    "text": "concat('text ', {n})",
    "long_text": "concat(repeat('\\u00e4\\ud83d\\ude00x', 10 + CAST({n} % 20 AS INT)), {n})",
    "raw": "unhex(lpad(hex({n}), 8, '0'))",
    "day": "date_add(DATE'1970-01-01', CAST({n} % 40000 - 20000 AS INT))",
    "moment": "timestamp_micros({n} * 1000000007 - 1000000000000)",
    "local": "CAST(timestamp_micros({n} * 1000003) AS TIMESTAMP_NTZ)",
}
# How many different values, whether they grow with the rows, and how many of ten are null.
SHAPES = [(5, False, 0), (5, False, 3), (700, False, 1), (10 ** 9, False, 0), (10 ** 9, True, 2), (ROWS, True, 0)]
TABLES = [
    ("snappy", "v1", {"parquet.page.row.count.limit": "1500", "parquet.block.size": "150000", "parquet.page.size": "20000"}),
    ("snappy-single", "v1", {"parquet.page.row.count.limit": "100000"}),
    ("uncompressed-int96", "v1", {"parquet.page.row.count.limit": "2000"}),
    ("gzip", "v1", {"parquet.page.row.count.limit": "3000"}),
    ("zstd", "v2", {"parquet.page.row.count.limit": "3000", "parquet.block.size": "300000"}),
    ("snappy-v2", "v2", {"parquet.page.row.count.limit": "2500"}),
]


def columns():
    yield "id"
    for kind, text in KINDS.items():
        count, grows, nulls = chance.choice(SHAPES)
        salt = chance.randrange(10 ** 6)
        number = f"(id * {max(1, count // ROWS)} + pmod(xxhash64(id, {salt}), 3))" if grows else f"pmod(xxhash64(id, {salt}), {count})"
        value = text.format(n=number)
        yield f"IF(pmod(xxhash64(id, {salt + 1}), 10) < {nulls}, NULL, {value}) AS {kind}" if nulls else f"{value} AS {kind}"
    yield "IF(id % 4000 < 2500, NULL, id) AS gaps"
    yield "CAST(NULL AS STRING) AS nothing"
    yield "transform(sequence(0, id % 3), x -> id + x) AS list"


def as_text(field):
    column = F.col(field.name)
    return F.hex(column) if isinstance(field.dataType, T.BinaryType) else column.cast("string")


def conditions(field, literals):
    """Comparisons with values of the column: operator, value, and the expression for Spark."""
    kind = field.dataType.simpleString()
    for literal in literals:
        value = f"X'{literal}'" if kind == "binary" else f"CAST('{literal}' AS {kind})"
        for operator in ["=", "<", ">="]:
            yield operator, literal, f"`{field.name}` {operator} {value}"
    yield "null", None, f"`{field.name}` IS NULL"


for name, version, options in TABLES:
    target = folder / f"{name}.parquet"
    spark.conf.set("spark.sql.parquet.outputTimestampType", "INT96" if "int96" in name else "TIMESTAMP_MICROS")
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        frame = spark.range(0, ROWS, 1, 1).selectExpr(*columns())
        frame.write.options(**options, **{"parquet.writer.version": version, "compression": name.split("-")[0]}).parquet(f"{scratch}/out")
        next(pathlib.Path(scratch, "out").glob("part-*")).rename(target)
    frame = spark.read.parquet(str(target)).cache()
    flat = [field for field in frame.schema if not isinstance(field.dataType, T.ArrayType)]
    shown = frame.select(F.to_json(F.struct(*[as_text(field).alias(f"c{index:02}") for index, field in enumerate(flat)]),
                                   {"ignoreNullFields": "false"}))
    rows = [list(json.loads(row[0]).values()) for row in shown.collect()]
    tests = []
    for index, field in enumerate(flat):
        values = [row[index] for row in rows if row[index] is not None]
        literals = [chance.choice(values) for _ in range(2)] if values else []
        tests += [(field.name, *condition) for condition in conditions(field, literals)]
    totals = frame.selectExpr(*[f"count_if({test[3]})" for test in tests]).first()
    counts = [{"column": column, "operator": operator, "value": value, "count": totals[index]}
              for index, (column, operator, value, _) in enumerate(tests)]
    truth = {"columns": [field.name for field in flat], "rows": rows, "counts": counts}
    (folder / f"{name}.json").write_text(json.dumps(truth), encoding="utf-8")
    frame.unpersist()

# Of many pages, so that it matters which of them are read.
with tempfile.TemporaryDirectory(dir=folder) as scratch:
    frame = spark.range(0, 300000, 1, 1).selectExpr(
        "id", "xxhash64(id) AS key", "IF(id % 3 = 0, NULL, concat('k', xxhash64(id, 1))) AS text", "concat('city ', id % 90) AS city")
    frame.write.parquet(f"{scratch}/out")
    next(pathlib.Path(scratch, "out").glob("part-*")).rename(folder / "long.parquet")
frame = spark.read.parquet(str(folder / "long.parquet"))
rows = frame.where("id BETWEEN 250000 AND 250009").orderBy("id").selectExpr(*[f"CAST({name} AS STRING)" for name in frame.columns])
truth = {"columns": frame.columns, "rows": [list(row) for row in rows.collect()], "counts": []}
(folder / "long.json").write_text(json.dumps(truth), encoding="utf-8")
spark.stop()
