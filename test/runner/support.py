"""Plans for the tests, and one Spark for all of them."""

import os
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "runner"))

from plan import parse_plan  # noqa: E402

RANGE = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}


def csv_input(id, view, path, **changes):
    values = {"id": id, "view": view, "format": "csv", "location": "s3://bucket/" + view, "localPath": path}
    return dict(values, uri="file:///definitions.py", range=RANGE, **changes)


def parquet_input(id, view, path, **changes):
    return dict(csv_input(id, view, path), format="parquet", **changes)


def sql_step(id, view, inputs, sql):
    return dict(_step(id, view, inputs), kind="sql", sql=sql, segments=[])


def frame_step(id, view, inputs, source, first_line=1, file_name="/project/definitions.py"):
    name = source.split("def ", 1)[1].split("(", 1)[0]
    values = {"functionName": name, "source": source, "firstLine": first_line, "fileName": file_name}
    return dict(_step(id, view, inputs), kind="dataframe", **values)


def plan_json(inputs, steps, **changes):
    values = {"version": 1, "engine": "local", "target": steps[-1]["id"], "inputs": inputs, "steps": steps}
    return dict(values, **changes)


def plan_of(inputs, steps, **changes):
    return parse_plan(plan_json(inputs, steps, **changes))


def step_of(source, first_line=1, file_name="/project/definitions.py"):
    """A DataFrame step alone."""
    return plan_of([], [frame_step("x.v1", "source_0", [], source, first_line, file_name)]).steps[0]


def _step(id, view, inputs):
    name, variant = id.split(".", 1)
    values = {"id": id, "name": name, "variant": variant, "view": view, "inputs": inputs}
    return dict(values, uri="file:///definitions.py", range=RANGE)


class Folder:
    """A folder that goes with the test."""

    def __init__(self, test):
        self.path = os.path.realpath(tempfile.mkdtemp(prefix="sparkform-runner-"))
        test.addCleanup(shutil.rmtree, self.path, True)

    def write(self, name, text):
        path = os.path.join(self.path, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path


_session = None


def spark():
    """One Spark for all tests of this program, set up quietly."""
    global _session
    from spark_session import is_alive, start_session

    if not is_alive(_session):
        log = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "runner", "log4j2.properties")
        _session = start_session(
            [
                ("spark.master", "local[2]"),
                ("spark.ui.enabled", "false"),
                ("spark.ui.showConsoleProgress", "false"),
                ("spark.driver.host", "127.0.0.1"),
                ("spark.driver.bindAddress", "127.0.0.1"),
                ("spark.driver.extraJavaOptions", "-Dlog4j2.configurationFile=file://" + os.path.realpath(log)),
                ("spark.sql.shuffle.partitions", "2"),
                ("spark.sql.session.timeZone", "UTC"),
                ("spark.sql.warehouse.dir", os.path.join(tempfile.gettempdir(), "sparkform-warehouse")),
                ("spark.hadoop.fs.defaultFS", "file:///"),
            ]
        )
    return _session
