"""The same work as the readers of the benchmark, by a real Spark from the local disk: python readTable.py WORK...

Each is JSON with `path` and, where rows are wanted, `rows` and `columns`. Prints as JSON how long each took in milliseconds
(the best of three, Spark being up), and how long Spark took to be up.
"""

import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "tables"))

from spark_session import local_spark  # noqa: E402


def perform(spark, path, rows=None, columns=None, **_):
    table = spark.read.parquet(path)
    if rows is None:
        table.count()
        return
    if columns is not None:
        table = table.select(*columns)
    wanted = rows["end"] - rows["start"]
    if rows["step"] == wanted:
        assert len(table.offset(rows["start"]).limit(wanted).collect()) == wanted
    else:
        # Too many to be collected: computed, and thrown away.
        table.limit(wanted).write.format("noop").mode("overwrite").save()


def milliseconds(action):
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


sessions = []
up = milliseconds(lambda: sessions.append(local_spark(cores=2, spark__driver__memory="3g")))
spark = sessions[0]
spark.sparkContext.setLogLevel("ERROR")
best = [min(milliseconds(lambda: perform(spark, **json.loads(work))) for _ in range(3)) for work in sys.argv[1:]]
print(json.dumps({"up": up, "best": best}))
spark.stop()
