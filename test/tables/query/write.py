"""Writes a table of every scalar type with a real Spark, and what Spark answers when it is filtered, sorted and counted.

    python write.py      needs PySpark 3.5 and Java 17

`values.parquet` has row groups of 150 rows and pages of 40. `answers.json` holds `filters` (a predicate, and a hexadecimal
digit for every four rows, the first row its highest bit), `sorts` (a query and the rows in order) and `profiles` of the columns.
"""

import json
import pathlib
import random
import shutil
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))

from spark_session import local_spark  # noqa: E402

HERE = pathlib.Path(__file__).parent
ROWS = 600
random.seed(20240229)

spark = local_spark(
    cores=2,
    spark__sql__parquet__outputTimestampType="TIMESTAMP_MICROS",
    spark__sql__parquet__datetimeRebaseModeInWrite="CORRECTED",
    spark__sql__ansi__enabled="false",
    # The bounds of cached batches leave NaN out of account, so that pruning by them loses rows.
    spark__sql__inMemoryColumnarStorage__partitionPruning="false",
)
spark.sparkContext.setLogLevel("ERROR")

WORDS = ["", "a", "ab", "abc", "b", "B", "ba", "100%", "a_b", "a\\b", "ä", "Äb", "z", "\uffee", "\ue000x", "\U0001f600", "世界", "x\ny",
         "İ", "ß", "a" * 70, "a" * 69 + "b", "tab\t", "'", "o'clock"]
DATES = ["-0044-03-15", "0000-02-29", "0001-01-01", "1500-02-28", "1582-10-04", "1582-10-15", "1969-12-31", "1970-01-01", "2000-02-29",
         "2024-01-31", "2024-02-01", "9999-12-31", "+10000-01-01", "+20000-06-30"]
CLOCKS = ["00:00:00", "00:00:00.000001", "12:30:00", "12:30:00.5", "23:59:59.999999"]


def whole(bits):
    edge = 2 ** (bits - 1)
    return lambda row: str(random.choice([-edge, edge - 1, 0, 1, -1, 7, row % edge, random.randrange(-edge, edge)]))


def decimal(precision, scale):
    def make(row):
        size = random.choice([1, precision // 2, precision])
        digits = str(random.randrange(0, 10**size)).rjust(scale + 1, "0")
        text = digits[:-scale] + "." + digits[-scale:] if scale else digits
        return random.choice(["", "-"]) + text if random.random() < 0.8 else str(row % 10)
    return make


def floating(row):
    return random.choice(["NaN", "Infinity", "-Infinity", "-0.0", "0.0", "0.1", "-0.1", "1e-300", "1.5e300", "16777217", "0.30000000000000004",
                          str(row / 7), str(random.uniform(-10, 10)), str(random.randrange(-3, 3))])


def moment(row):
    return random.choice(DATES) + " " + random.choice(CLOCKS)


# Name, type, how a text is made into a value of it, and what makes texts.
COLUMNS = [
    ("id", "bigint", None, str),
    ("flag", "boolean", None, lambda row: random.choice(["true", "false"])),
    ("tiny", "tinyint", None, whole(8)),
    ("small", "smallint", None, whole(16)),
    ("whole", "int", None, whole(32)),
    ("long", "bigint", None, whole(64)),
    ("rising", "int", None, lambda row: str(row // 4)),
    ("single", "float", None, floating),
    ("real", "double", None, floating),
    ("price", "decimal(10,2)", None, decimal(9, 2)),
    ("middle", "decimal(18,4)", None, decimal(17, 4)),
    ("wide", "decimal(38,10)", None, decimal(37, 10)),
    ("word", "string", None, lambda row: random.choice(WORDS)),
    ("name", "string", None, lambda row: f"{random.choice(WORDS)}{row // 5:04}"),
    ("code", "string", None, lambda row: f"{row // 3:05}-{random.choice('xyz')}"),
    ("bytes", "binary", "unhex", lambda row: random.choice(["", "00", "0000", "7F", "80", "FF", "FF00", "DEADBEEF", f"{row % 256:02X}"])),
    ("day", "date", None, lambda row: random.choice(DATES)),
    ("rising_day", "date", None, lambda row: f"20{row // 60:02}-0{1 + row % 9}-15"),
    ("moment", "timestamp", None, moment),
    ("local", "timestamp_ntz", None, moment),
    ("months", "interval year to month", None,
     lambda row: f"INTERVAL '{random.choice(['', '-'])}{random.randrange(9)}-{random.randrange(12)}' YEAR TO MONTH"),
    ("span", "interval day to second", None,
     lambda row: f"INTERVAL '{random.choice(['', '-'])}{random.randrange(4)} {random.randrange(24):02}:00:{random.randrange(60):02}.5' DAY TO SECOND"),
    ("nothing", "int", None, lambda row: None),
]
NESTED = {
    "list": "CASE WHEN id % 7 = 0 THEN NULL WHEN id % 7 = 1 THEN array() WHEN id % 7 = 2 THEN array(CAST(NULL AS INT)) "
            "ELSE transform(sequence(1, CAST(id % 4 AS INT) + 1), x -> CAST((id * x) % 5 AS INT)) END",
    "pair": "CASE WHEN id % 6 = 0 THEN NULL ELSE named_struct('a', IF(id % 5 = 0, NULL, real), 'b', word) END",
    "facts": "CASE WHEN id % 9 = 0 THEN NULL ELSE map('k', id % 3) END",
}
TYPES = {name: kind for name, kind, _, _ in COLUMNS}
INDEX = {name: index for index, name in enumerate([name for name, *_ in COLUMNS] + list(NESTED))}


def quote(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def value(name, text):
    """A text as a value of the column, in SQL."""
    if TYPES[name] == "binary":
        return f"unhex('{text}')"
    if TYPES[name].startswith("interval"):
        return text
    return f"CAST({quote(text)} AS {TYPES[name]})"


def make_rows():
    rows = []
    for row in range(ROWS):
        # Some stretches of rows are null throughout, so that whole chunks are.
        rows.append([None if name != "id" and (random.random() < 0.1 or (row // 40 == 5 and name in ("word", "price", "day")))
                     else make(row) for name, _, _, make in COLUMNS])
    return rows


def write(rows):
    texts = spark.createDataFrame([tuple(row) for row in rows], ", ".join(f"`{name}` string" for name, *_ in COLUMNS)).coalesce(1)
    plain = texts.selectExpr(*[f"unhex(`{name}`) AS `{name}`" if how else f"CAST(`{name}` AS {kind}) AS `{name}`"
                               for name, kind, how, _ in COLUMNS])
    frame = plain.selectExpr("*", *[f"{sql} AS `{name}`" for name, sql in NESTED.items()])
    target = HERE / "values.parquet"
    with tempfile.TemporaryDirectory() as scratch:
        frame.coalesce(1).sortWithinPartitions("id").write.options(
            **{"parquet.page.row.count.limit": "40", "parquet.block.row.count.limit": "150"}).parquet(f"{scratch}/out")
        shutil.copy(next(pathlib.Path(f"{scratch}/out").glob("part-*")), target)
    return spark.read.parquet(str(target)).cache()


def some_text(rows, name):
    index = INDEX[name]
    while True:
        text = random.choice(rows)[index]
        if text is not None:
            return text


COMPARED = [name for name, *_ in COLUMNS if name != "nothing"]


def predicate(rows, depth):
    """A predicate as the product has it, and in SQL."""
    roll = random.random()
    if depth > 0 and roll < 0.45:
        kind = random.choice(["and", "or"])
        parts = [predicate(rows, depth - 1) for _ in range(random.choice([2, 2, 3]))]
        return {"kind": kind, "parts": [part for part, _ in parts]}, "(" + f" {kind} ".join(sql for _, sql in parts) + ")"
    if depth > 0 and roll < 0.6:
        part, sql = predicate(rows, depth - 1)
        return {"kind": "not", "part": part}, f"(NOT {sql})"
    roll = random.random()
    if roll < 0.6:
        name, operator = random.choice(COMPARED), random.choice(["=", "<>", "<", "<=", ">", ">="])
        text = some_text(rows, name)
        sql = value(name, text)
        if TYPES[name] in ("int", "bigint", "decimal(10,2)") and random.random() < 0.2:
            text = f"{random.randrange(-200, 200)}.{random.randrange(1, 999):03}"
            sql = text
        return {"kind": "compare", "column": INDEX[name], "operator": operator, "value": text}, f"(`{name}` {operator} {sql})"
    if roll < 0.75:
        name = random.choice(COMPARED)
        texts = [some_text(rows, name) for _ in range(random.choice([1, 2, 5]))]
        return ({"kind": "in", "column": INDEX[name], "values": texts}, f"(`{name}` IN ({', '.join(value(name, text) for text in texts)}))")
    if roll < 0.82:
        name = random.choice(list(INDEX))
        return {"kind": "null", "column": INDEX[name]}, f"(`{name}` IS NULL)"
    name = random.choice(["word", "name", "code"])
    if roll < 0.93:
        ignore, pattern = random.random() < 0.4, like_pattern(rows, name)
        return ({"kind": "like", "column": INDEX[name], "pattern": pattern, "ignoreCase": ignore},
                f"(`{name}` {'ILIKE' if ignore else 'LIKE'} {quote(pattern)})")
    name = random.choice(["word", "name", "code", "whole", "price", "day"])
    text = some_text(rows, name)[:3]
    return ({"kind": "contains", "column": INDEX[name], "text": text},
            f"contains(lower(CAST(`{name}` AS STRING)), lower({quote(text)}))")


def like_pattern(rows, name):
    text = "".join(random.choice(["\\" + c if c in "%_\\" else c] * 4 + ["_", "%"]) for c in some_text(rows, name)[:6])
    return random.choice(["", "", "%"]) + text + random.choice(["", "%", "%"])


def filters(frame, rows):
    found = [predicate(rows, depth) for depth in [0] * 220 + [1] * 80 + [2] * 100]
    answers = []
    for start in range(0, len(found), 40):
        batch = found[start:start + 40]
        selected = frame.selectExpr("id", *[f"coalesce({sql}, false) AS p{index}" for index, (_, sql) in enumerate(batch)])
        table = selected.orderBy("id").collect()
        for index, (query, _) in enumerate(batch):
            bits = "".join("1" if row[index + 1] else "0" for row in table)
            answers.append({"where": query, "rows": f"{int(bits, 2):0{ROWS // 4}x}"})
    return answers


def sorts(frame, rows):
    names = [name for name in INDEX if name != "facts"]
    keys = [[(name, descending)] for name in names for descending in (False, True)]
    keys += [[(name, random.random() < 0.5) for name in random.sample([*names, "flag", "rising", "word"], random.choice([2, 2, 3]))]
             for _ in range(40)]
    answers = []
    for index, key in enumerate(keys):
        where, sql = predicate(rows, 1) if index % 3 == 2 else (None, "true")
        order = ", ".join(f"`{name}` {'DESC' if descending else 'ASC'}" for name, descending in key)
        frame.createOrReplaceTempView("t")
        ids = [row[0] for row in spark.sql(f"SELECT id FROM t WHERE {sql} ORDER BY {order}, id").collect()]
        query = {"sort": [{"column": INDEX[name], "descending": descending} for name, descending in key]}
        answers.append({**query, **({"where": where} if where else {}), "rows": ids})
    return answers


def profiles(frame):
    found = {}
    for name in INDEX:
        if name in NESTED:
            continue
        shown = f"hex(`{name}`)" if TYPES[name] == "binary" else f"CAST(`{name}` AS STRING)"
        bounds = f"{shown.replace('`' + name + '`', 'min(`' + name + '`)')}, {shown.replace('`' + name + '`', 'max(`' + name + '`)')}"
        row = frame.selectExpr(f"count(*) - count(`{name}`)", f"count(DISTINCT `{name}`)", *bounds.split(", ")).first()
        counts = frame.where(f"`{name}` IS NOT NULL").groupBy(name).count().orderBy("count", ascending=False).limit(10)
        found[name] = {"nulls": row[0], "distinct": row[1], "min": row[2], "max": row[3],
                       "counts": [one["count"] for one in counts.select("count").collect()]}
    return found


def main():
    rows = make_rows()
    frame = write(rows)
    answers = {"filters": filters(frame, rows), "sorts": sorts(frame, rows), "profiles": profiles(frame)}
    lines = [f'"{kind}": [\n' + ",\n".join(json.dumps(one, ensure_ascii=False) for one in answers[kind]) + "\n]" for kind in ("filters", "sorts")]
    lines.append('"profiles": ' + json.dumps(answers["profiles"], ensure_ascii=False, indent=1))
    (HERE / "answers.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


main()
spark.stop()
