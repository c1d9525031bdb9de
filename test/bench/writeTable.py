"""Writes one parquet file of made-up card payments with a real Spark, the same in every run: python writeTable.py FILE ROWS"""

import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "tables"))

from spark_session import local_spark  # noqa: E402

target, rows = pathlib.Path(sys.argv[1]), int(sys.argv[2])
spark = local_spark(spark__driver__memory="3g")


def below(count, salt):
    return f"pmod(xxhash64(id, {salt}), {count})"


def columns():
    """Fifty of them."""
    yield "id"
    for i in range(8):
        yield f"CAST({below(10 ** (1 + i // 2), i)} AS INT) AS count_{i}"
    for i in range(4):
        yield f"xxhash64(id, {i} + 100) AS key_{i}"
    for i in range(8):
        yield f"{below(1000000, 200 + i)} / 100.0D AS amount_{i}"
    for i in range(8):
        yield f"concat('city ', {below(20 * (i + 1), 300 + i)}) AS city_{i}"
    for i in range(4):
        yield f"IF({below(10, 900 + i)} = 0, NULL, concat('merchant ', {below(50000, 400 + i)})) AS merchant_{i}"
    for i in range(2):
        yield f"concat('payment-', hex(xxhash64(id, {i} + 500))) AS payment_{i}"
    for i in range(5):
        yield f"CAST({below(10000000, 600 + i)} / 100 AS DECIMAL(12,2)) AS price_{i}"
    for i in range(3):
        yield f"date_add(DATE'2020-01-01', CAST({below(2000, 700 + i)} AS INT)) AS day_{i}"
    for i in range(3):
        yield f"timestamp_micros(1600000000000000 + id * 1000003 + {below(1000000, 800 + i)}) AS moment_{i}"
    for i in range(4):
        yield f"{below(i + 2, 1000 + i)} = 0 AS flag_{i}"


with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
    spark.range(0, rows, 1, 1).selectExpr(*columns()).write.parquet(f"{scratch}/out")
    next(pathlib.Path(scratch, "out").glob("part-*")).rename(target)
spark.stop()
