"""Writes the tables of this folder with a real Spark, and beside each the truth about it as Spark itself reads it back.

    python write.py [NAME ...]      needs PySpark 3.5 and Java 17

`NAME.parquet` is a file or a folder; `NAME.json` holds `columns` (name, simple type), `rowCount` and `rows`: every value as
Spark's own text of it (`CAST(... AS STRING)`), nested values as lists, so that no digit depends on a JSON library.
"""

import json
import pathlib
import shutil
import sys
import tempfile

from spark_session import local_spark
from spark_text import truth_of

HERE = pathlib.Path(__file__).parent

spark = local_spark()
spark.sparkContext.setLogLevel("ERROR")


def set_conf(**conf):
    for key, value in conf.items():
        spark.conf.set("spark.sql." + key.replace("__", "."), value)


SCALARS = """
    CAST(i AS BOOLEAN) AS a_boolean, CAST(i - 2 AS TINYINT) AS a_tinyint, CAST(i * -300 AS SMALLINT) AS a_smallint,
    CAST(i * 100000007 AS INT) AS an_int, CAST(9223372036854775807 - i AS BIGINT) AS a_bigint,
    CAST(0.1 * i AS FLOAT) AS a_float, CAST(0.1 * i AS DOUBLE) AS a_double,
    CAST(i * 1.25 AS DECIMAL(5,2)) AS a_small_decimal, CAST(75873.79 + i AS DECIMAL(15,2)) AS a_decimal,
    CAST('-12345678901234567890123456789.012345678' AS DECIMAL(38,9)) + CAST(i AS DECIMAL(38,9)) AS a_wide_decimal,
    concat('text ', i, ' \\u00e4\\u4e16\\ud83d\\ude00') AS a_string, encode(concat('bytes', i), 'UTF-8') AS a_binary,
    date_add(DATE'2024-02-28', CAST(i AS INT)) AS a_date,
    TIMESTAMP'2024-02-29 23:59:59.123456' + make_interval(0, 0, 0, 0, 0, 0, i) AS a_timestamp,
    TIMESTAMP_NTZ'1969-12-31 23:59:59.000001' + make_interval(0, 0, 0, 0, 0, 0, i) AS a_timestamp_ntz,
    make_dt_interval(CAST(i AS INT), 2, 3, 4.000005) AS a_day_interval, make_ym_interval(CAST(i AS INT), 5) AS a_month_interval
"""

NESTED = """
    id,
    CASE WHEN id = 1 THEN NULL WHEN id = 2 THEN array() WHEN id = 3 THEN array(NULL, 3) ELSE array(id, id + 1) END AS a_list,
    CASE WHEN id = 1 THEN NULL WHEN id = 2 THEN map() WHEN id = 3 THEN map('k', NULL)
         ELSE map('__proto__', id, 'b', 2L) END AS a_map,
    CASE WHEN id = 1 THEN NULL WHEN id = 2 THEN named_struct('x', CAST(NULL AS BIGINT), 'y', CAST(NULL AS STRING))
         ELSE named_struct('x', id, 'y', concat('s', id)) END AS a_struct,
    CASE WHEN id = 1 THEN NULL WHEN id = 2 THEN array(NULL, array()) ELSE array(array(id, NULL), array()) END AS lists_of_lists,
    CASE WHEN id = 1 THEN array() WHEN id = 2 THEN NULL
         ELSE array(named_struct('k', id, 'tags', array('a', NULL)), NULL, named_struct('k', NULL, 'tags', NULL)) END AS structs,
    CASE WHEN id = 1 THEN NULL WHEN id = 2 THEN map(1, NULL) WHEN id = 3 THEN map(1, array())
         ELSE map(1, array(named_struct('d', CAST(1.50 AS DECIMAL(10,2)))), 2, NULL) END AS deep_map,
    CASE WHEN id = 1 THEN NULL ELSE named_struct('in', CASE WHEN id = 2 THEN NULL ELSE
         named_struct('m', map('p', named_struct('q', id))) END) END AS deep_struct
"""


def scalars():
    return spark.range(4).withColumnRenamed("id", "i").selectExpr(*split(SCALARS)).union(
        spark.range(1).selectExpr(*["CAST(NULL AS %s)" % f.dataType.simpleString() for f in
                                    spark.range(1).withColumnRenamed("id", "i").selectExpr(*split(SCALARS)).schema])
    )


def split(text):
    parts, depth, current = [], 0, ""
    for char in text.strip():
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char == "," and depth == 0:
            parts.append(current.strip())
            current = ""
        else:
            current += char
    return parts + [current.strip()]


def old_moments():
    return spark.sql("""
        SELECT * FROM VALUES
          (DATE'0001-01-01', TIMESTAMP'0001-01-01 00:00:00.000001'), (DATE'1500-02-28', TIMESTAMP'1500-02-28 12:00:00.5'),
          (DATE'1582-10-04', TIMESTAMP'1582-10-04 23:59:59.999999'), (DATE'1582-10-15', TIMESTAMP'1582-10-15 00:00:00'),
          (DATE'1900-01-01', TIMESTAMP'1900-01-01 00:00:00'), (DATE'1969-12-31', TIMESTAMP'1969-12-31 23:59:59.999999'),
          (DATE'9999-12-31', TIMESTAMP'9999-12-31 23:59:59.999999') AS t(d, t)""")


def write(name, frame, partition_by=(), files=1, folder=False, parts=None, **options):
    target = HERE / f"{name}.parquet"
    shutil.rmtree(target, ignore_errors=True)
    target.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        out = f"{scratch}/out"
        writer = (parts or frame.coalesce(files)).write.options(**options)
        (writer.partitionBy(*partition_by) if partition_by else writer).parquet(out)
        if folder:
            for checksum in pathlib.Path(out).rglob(".*.crc"):
                checksum.unlink()
            rename_parts(pathlib.Path(out))
            shutil.copytree(out, target)
        else:
            shutil.copy(next(pathlib.Path(out).glob("part-*")), target)
    truth(name, target)


def write_merged(name, *queries):
    """A folder whose parts differ, as later runs leave it that append with other columns."""
    target = HERE / f"{name}.parquet"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for index, query in enumerate(queries):
        with tempfile.TemporaryDirectory() as scratch:
            spark.sql(query).coalesce(1).write.parquet(f"{scratch}/out")
            shutil.copy(next(pathlib.Path(scratch, "out").glob("part-*")), target / f"part-{index:05d}.parquet")
    truth(name, target, mergeSchema="true")


def rename_parts(folder):
    """Spark puts a random id into the names of its parts; without it a rewrite changes nothing."""
    for part in folder.rglob("part-*"):
        part.rename(part.with_name(part.name.split("-")[0] + "-" + part.name.split("-")[1] + ".parquet"))


def truth(name, target, **options):
    text = truth_of(spark.read.options(**options).parquet(str(target)), most_rows=100)
    (HERE / f"{name}.json").write_text(json.dumps(text, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def tables():
    for codec in ["snappy", "gzip", "zstd", "uncompressed", "lz4", "lz4raw"]:
        yield f"scalars-{codec}", lambda codec=codec: write(f"scalars-{codec}", scalars(), compression=codec)

    def int96():
        set_conf(parquet__outputTimestampType="INT96")
        write("timestamps-int96", old_moments().select("t"))

    def millis():
        set_conf(parquet__outputTimestampType="TIMESTAMP_MILLIS")
        write("timestamps-millis", old_moments().select("t"))

    def legacy():
        set_conf(parquet__datetimeRebaseModeInWrite="LEGACY", parquet__int96RebaseModeInWrite="LEGACY",
                 parquet__outputTimestampType="TIMESTAMP_MICROS")
        write("moments-julian", old_moments())
        set_conf(parquet__outputTimestampType="INT96")
        write("timestamps-int96-julian", old_moments().select("t"))

    def micros():
        set_conf(parquet__outputTimestampType="TIMESTAMP_MICROS")
        write("moments", old_moments())

    yield "timestamps-int96", int96
    yield "timestamps-millis", millis
    yield "moments-julian", legacy
    yield "moments", micros
    yield "nested", lambda: write("nested", spark.range(5).selectExpr(*split(NESTED)))

    def old_lists():
        set_conf(parquet__writeLegacyFormat="true")
        write("nested-legacy-format", spark.range(5).selectExpr(*split(NESTED)))
        write("decimals-legacy-format", scalars().select("a_small_decimal", "a_decimal", "a_wide_decimal"))

    yield "nested-legacy-format", old_lists

    def version2():
        write("scalars-v2", scalars(), **{"parquet.writer.version": "v2"})
        write("nested-v2", spark.range(5).selectExpr(*split(NESTED)), **{"parquet.writer.version": "v2"})

    yield "scalars-v2", version2
    yield "doubles", lambda: write("doubles", spark.sql("""
        SELECT CAST(v AS DOUBLE) AS d, CAST(v AS FLOAT) AS f FROM VALUES ('NaN'), ('Infinity'), ('-Infinity'), ('-0.0'), ('0.0'),
          ('1e-300'), ('1.7976931348623157e308'), ('16777217'), ('0.30000000000000004'), ('3.4028235e38'), (NULL) AS t(v)"""))
    yield "nulls", lambda: write("nulls", spark.range(50).selectExpr("CAST(NULL AS INT) AS i", "CAST(NULL AS STRING) AS s",
                                                                       "CAST(NULL AS ARRAY<STRING>) AS l"),
                                 **{"parquet.writer.version": "v2"})
    yield "empty", lambda: write("empty", spark.range(0).selectExpr("id", "CAST(id AS STRING) AS name"))
    yield "empty-folder", lambda: write("empty-folder", spark.range(0).selectExpr("id", "CAST(id AS DECIMAL(10,2)) AS amount"), folder=True)
    yield "names", lambda: write("names", spark.sql(
        "SELECT 1 AS `a.b`, 2 AS `a b`, 3 AS `__proto__`, 4 AS `ä世`, 5 AS `constructor`, named_struct('a.b', 6, '__proto__', 7) AS `s`"))
    yield "pages", lambda: write("pages", spark.range(3000).selectExpr(
        "id", "id DIV 100 AS hundred", "concat('row ', id % 7) AS label", "CASE WHEN id % 3 = 0 THEN NULL ELSE id * 0.5 END AS half",
        "transform(sequence(0, id % 3), x -> id + x) AS list"),
        **{"parquet.page.row.count.limit": "200", "parquet.block.row.count.limit": "1000"})
    yield "parts", lambda: write("parts", None, folder=True, parts=spark.range(0, 10, 1, 3).selectExpr("id", "id * 1.5 AS amount"))
    yield "merged", lambda: write_merged(
        "merged",
        "SELECT 1 AS id, 'a' AS name, named_struct('x', 1, 'y', array(named_struct('p', 1))) AS s, CAST(1.5 AS DECIMAL(5,2)) AS d",
        "SELECT 2.5D AS extra, 'b' AS NAME, 2 AS id",
        "SELECT named_struct('z', 'new', 'y', array(named_struct('q', 2), NULL)) AS s, map('k', named_struct('v', 1)) AS m, 3 AS id",
        "SELECT CAST(NULL AS STRUCT<x: INT>) AS s, map('l', named_struct('w', 2L)) AS m, CAST(-2.25 AS DECIMAL(7,2)) AS d",
    )
    yield "partitioned", lambda: write("partitioned", spark.sql("""
        SELECT * FROM VALUES (1, DATE'2024-01-01', 'a/b', 1), (2, DATE'2024-01-02', NULL, 2), (3, DATE'2024-01-02', 'c d', 10)
        AS t(id, dt, label, n)"""), partition_by=("dt", "label", "n"), folder=True)


defaults = {
    "parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "parquet.datetimeRebaseModeInWrite": "CORRECTED",
    "parquet.int96RebaseModeInWrite": "CORRECTED",
    "parquet.writeLegacyFormat": "false",
}
wanted = set(sys.argv[1:])
for name, make in tables():
    if wanted and name not in wanted:
        continue
    for key, value in defaults.items():
        spark.conf.set("spark.sql." + key, value)
    make()
    print(name, flush=True)
spark.stop()
