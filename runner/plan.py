"""Reads a run plan: untrusted JSON in, immutable records out. The format is that of `shared/run/plan.ts`."""

import json
import re
from typing import Any, List, NamedTuple, Optional, Tuple

INPUT_FORMATS = ("parquet", "csv", "delta", "iceberg")
VIEW_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
# More lines than any file that a person or a notebook holds; a function is laid at its line by padding.
LAST_LINE = 10_000_000


class PlanError(ValueError):
    """The plan is not what it should be: says where, what was found and what was expected."""

    def __init__(self, path: str, expected: str, found: Any) -> None:
        super().__init__("%s: expected %s, found %s" % (path or "the plan", expected, shorten(found)))


class Input(NamedTuple):
    id: str
    view: str
    format: str
    location: str
    local_path: Optional[str]
    # The result of a transformation that this plan does not run.
    produced: bool


class Step(NamedTuple):
    kind: str
    id: str
    name: str
    variant: str
    view: str
    inputs: Tuple[str, ...]
    # Of a SQL step.
    sql: str
    # Of a DataFrame step.
    function_name: str
    source: str
    first_line: int
    file_name: str


class Plan(NamedTuple):
    engine: str
    target: str
    inputs: Tuple[Input, ...]
    steps: Tuple[Step, ...]
    limit: Optional[int]


def load_plan(path: str) -> Plan:
    try:
        with open(path, encoding="utf-8") as file:
            value = json.load(file)
    except OSError as error:
        raise PlanError(path, "a readable file", error.strerror or str(error)) from error
    except (ValueError, RecursionError) as error:
        raise PlanError(path, "JSON", str(error)) from error
    return parse_plan(value)


def parse_plan(value: Any) -> Plan:
    plan = _object(value, "")
    if plan.get("version") != 1 or isinstance(plan.get("version"), bool):
        raise PlanError("version", "1", plan.get("version"))
    engine = _one_of(plan.get("engine"), "engine", ("local", "emr"))
    target = _text(plan.get("target"), "target")
    inputs = tuple(_input(item, "inputs[%d]" % index) for index, item in enumerate(_list(plan.get("inputs"), "inputs")))
    steps = tuple(_step(item, "steps[%d]" % index) for index, item in enumerate(_list(plan.get("steps"), "steps")))
    if not steps:
        raise PlanError("steps", "at least one step", [])
    _check_references(inputs, steps)
    if steps[-1].id != target:
        raise PlanError("target", "the id of the last step, %s" % json.dumps(steps[-1].id), target)
    limit = plan.get("limit")
    if limit is not None:
        limit = _whole(limit, "limit", 1, 2**31 - 1)
    return Plan(engine, target, inputs, steps, limit)


def _input(value: Any, path: str) -> Input:
    item = _object(value, path)
    local_path = item.get("localPath")
    produced = item.get("produced", False)
    if not isinstance(produced, bool):
        raise PlanError(path + ".produced", "true or false", produced)
    location = item.get("location")
    return Input(
        id=_text(item.get("id"), path + ".id"),
        view=_view(item.get("view"), path + ".view"),
        format=_one_of(item.get("format"), path + ".format", INPUT_FORMATS),
        # Of a result the remote location may be unknown.
        location="" if produced and location == "" else _text(location, path + ".location"),
        local_path=None if local_path is None else _text(local_path, path + ".localPath"),
        produced=produced,
    )


def _step(value: Any, path: str) -> Step:
    item = _object(value, path)
    kind = _one_of(item.get("kind"), path + ".kind", ("sql", "dataframe"))
    inputs = _list(item.get("inputs"), path + ".inputs")
    common = {
        "kind": kind,
        "id": _text(item.get("id"), path + ".id"),
        "name": _folder_name(item.get("name"), path + ".name"),
        "variant": _folder_name(item.get("variant"), path + ".variant"),
        "view": _view(item.get("view"), path + ".view"),
        "inputs": tuple(_text(one, "%s.inputs[%d]" % (path, index)) for index, one in enumerate(inputs)),
    }
    if kind == "sql":
        return Step(sql=_text(item.get("sql"), path + ".sql"), function_name="", source="", first_line=1, file_name="", **common)
    return Step(
        sql="",
        function_name=_text(item.get("functionName"), path + ".functionName"),
        source=_text(item.get("source"), path + ".source"),
        first_line=_whole(item.get("firstLine"), path + ".firstLine", 1, LAST_LINE),
        file_name=_text(item.get("fileName"), path + ".fileName"),
        **common
    )


def _check_references(inputs: Tuple[Input, ...], steps: Tuple[Step, ...]) -> None:
    known = set()  # type: set
    views = set()  # type: set
    for kind, items in (("inputs", inputs), ("steps", steps)):
        for index, item in enumerate(items):
            path = "%s[%d]" % (kind, index)
            for used in item.inputs if isinstance(item, Step) else ():
                if used not in known:
                    raise PlanError(path + ".inputs", "ids of inputs and of earlier steps", used)
            if item.id in known:
                raise PlanError(path + ".id", "an id that no other input or step has", item.id)
            if item.view in views:
                raise PlanError(path + ".view", "a view that no other input or step has", item.view)
            known.add(item.id)
            views.add(item.view)


def _object(value: Any, path: str) -> dict:
    if not isinstance(value, dict):
        raise PlanError(path, "an object", value)
    return value


def _list(value: Any, path: str) -> List[Any]:
    if not isinstance(value, list):
        raise PlanError(path, "an array", value)
    return value


def _text(value: Any, path: str) -> str:
    if not isinstance(value, str) or value == "" or "\0" in value:
        raise PlanError(path, "a text that is not empty", value)
    return value


def _view(value: Any, path: str) -> str:
    if not isinstance(value, str) or not VIEW_NAME.match(value):
        raise PlanError(path, "a name of letters, digits and underscores", value)
    return value


def _folder_name(value: Any, path: str) -> str:
    """Names and variants become folders of the output: none of them may lead anywhere else."""
    text = _text(value, path)
    if "/" in text or "\\" in text or text in (".", ".."):
        raise PlanError(path, "a name that can be a folder", value)
    return text


def _one_of(value: Any, path: str, allowed: Tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise PlanError(path, " or ".join(json.dumps(one) for one in allowed), value)
    return value


def _whole(value: Any, path: str, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise PlanError(path, "a whole number from %d to %d" % (least, most), value)
    return value


def shorten(value: Any) -> str:
    if value is None:
        return "nothing"
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        text = type(value).__name__
    return text if len(text) <= 80 else text[:77] + "..."
