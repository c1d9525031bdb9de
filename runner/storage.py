"""Reads the inputs as Featureform's job script reads them, and writes results in its layout."""

import datetime
import os
import re
import shutil
from typing import Any, List, Optional

from failures import StepProblem
from plan import Input, Plan, Step

# Above this, counting by a Spark job is quicker than opening one footer after the other.
FOOTERS_READ_SINGLY = 64
_GLOB_CHARACTERS = re.compile(r"([\[\]{}*?\\])")
_TABLE_FORMATS = {"delta": "a Delta table", "iceberg": "an Iceberg table"}


def check_inputs(plan: Plan) -> "List[tuple]":
    """(input, problem) for each input that cannot be read, found before any step runs."""
    problems = []
    for one in plan.inputs:
        problem = _input_problem(plan, one)
        if problem is not None:
            problems.append((one, problem))
    return problems


def read_input(session: Any, plan: Plan, one: Input) -> Any:
    location = one.local_path if plan.engine == "local" else one.location
    return _read(session, one.format, location or one.location)


def read_result(session: Any, folder: str) -> Any:
    return _read(session, "parquet", folder)


def _read(session: Any, format: str, location: str) -> Any:
    # Corrupt files are passed over there, too. A CSV file is read without a schema: every column is a string.
    reader = session.read.option("header", "true").option("recursiveFileLookup", "true").option("ignoreCorruptFiles", "true")
    path = location if re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", location) else _GLOB_CHARACTERS.sub(r"\\\1", location)
    return reader.csv(path) if format == "csv" else reader.parquet(path)


def output_folder(out: str, step: Step) -> str:
    """`featureform/Transformation/<name>/<variant>/<time>`, the time being that of the machine, as Featureform names it."""
    time = datetime.datetime.now().strftime("%Y-%m-%d-%H-%M-%S-%f")
    return os.path.join(out, "featureform", "Transformation", step.name, step.variant, time)


def write_result(frame: Any, folder: str) -> None:
    frame.write.mode("overwrite").option("header", "true").parquet(folder)


def remove_result(folder: Optional[str]) -> None:
    """Nothing half-written stays behind."""
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


def count_rows(session: Any, folder: str) -> Optional[int]:
    """The rows that were written, from the footers of the files: no second pass over the data."""
    context = session.sparkContext
    try:
        jvm = context._jvm
        configuration = context._jsc.hadoopConfiguration()
        path = jvm.org.apache.hadoop.fs.Path(folder)
        parts = [str(one.getPath().getName()) for one in path.getFileSystem(configuration).listStatus(path)]
        parts = [one for one in parts if one.endswith(".parquet")]
        if len(parts) > FOOTERS_READ_SINGLY:
            return int(read_result(session, folder).count())
        rows = 0
        for part in parts:
            file = jvm.org.apache.parquet.hadoop.util.HadoopInputFile.fromPath(jvm.org.apache.hadoop.fs.Path(path, part), configuration)
            reader = jvm.org.apache.parquet.hadoop.ParquetFileReader.open(file)
            try:
                rows += reader.getRecordCount()
            finally:
                reader.close()
        return int(rows)
    except Exception:
        # The count is a courtesy; the result is written.
        return None


def _input_problem(plan: Plan, one: Input) -> Optional[StepProblem]:
    if one.format in _TABLE_FORMATS:
        return StepProblem(
            "UnsupportedInput",
            "%s is %s (%s). Only parquet and CSV files can be read." % (one.id, _TABLE_FORMATS[one.format], one.location),
        )
    if plan.engine != "local":
        return None
    if one.local_path is None and one.produced:
        return StepProblem(
            "InputNotRun", "%s has no result here yet. Run it first, or run what this definition reads together with it." % one.id
        )
    if one.local_path is None:
        return StepProblem(
            "InputNotMapped",
            "%s is at %s, which has no local copy. Map the location in sparkform.json under \"locations\"." % (one.id, one.location),
        )
    if not os.path.isabs(one.local_path):
        return StepProblem("InputNotMapped", "%s: the local path %s is not absolute." % (one.id, one.local_path))
    if not os.path.exists(one.local_path):
        return StepProblem(
            "FileNotFoundError", "%s: no such file or folder: %s (for %s)." % (one.id, one.local_path, one.location)
        )
    return None
