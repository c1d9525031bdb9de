"""Turns whatever went wrong into the failure of the manifest: the cause in words for people, and where it is."""

import difflib
import re
import traceback
from typing import Any, Dict, List, NamedTuple, Optional

from call_origins import CallOrigins
from failure_position import Cause, ask, result_position, spark_position, unquoted
from plan import Step
from python_position import extent_position, syntax_position, traceback_extent, worker_position

_DETAIL_LIMIT = 16_000
_CHAIN_LIMIT = 16
# Conditions that say only that something failed; what failed is in the cause.
_WRAPPERS = ("FAILED_EXECUTE_UDF", "JOB_ABORTED", "QUERY_EXECUTION", "STAGE_FAILED", "TASK_WRITE_FAILED", "WRITING_JOB_ABORTED")
_BACKTICKED = re.compile(r"`((?:[^`]|``)*)`")
_UNKNOWN_NAME = re.compile(r"(?:with name|cannot resolve '?) ?((?:`(?:[^`]|``)+`\.?)+|[\w.]+)")
_INPUT_COLUMNS = re.compile(r"given input columns: \[([^\]]*)\]")
_WORKER_TRACEBACK = re.compile(r"Traceback \(most recent call last\):\n(?P<frames>(?:[ \t].*\n)+)(?P<error>\S.*(?:\n(?!\s*at |\n|\s).+)*)")
_LOST_TASK = re.compile(r"most recent failure: Lost task [^\n]*?\): (?P<class>[\w.$]+): (?P<message>.*?)(?=\n\tat |\n\nDriver|\Z)", re.DOTALL)


class StepProblem(Exception):
    """A failure that the runner itself found, already in words for people."""

    def __init__(self, error_class: str, message: str, position: Optional[Dict[str, Any]] = None) -> None:
        super().__init__(message)
        self.error_class = error_class
        self.position = position


class InputProblem(Exception):
    """An input that Spark could not read; the cause says why."""

    def __init__(self, input_id: str, location: str) -> None:
        super().__init__(input_id)
        self.input_id = input_id
        self.location = location


def describe_failure(
    error: BaseException,
    phase: str,
    step: Optional[Step],
    step_id: Optional[str] = None,
    origins: Optional[CallOrigins] = None,
) -> Dict[str, Any]:
    """The `RunFailure` of an exception, whatever it is: user code may raise things that fail when they are looked at.
    `step_id`: of an input, where there is no step."""
    if isinstance(error, InputProblem):
        failure = describe_failure(error.__cause__ or error, "input", None, error.input_id)
        return dict(failure, message="%s (%s): %s" % (error.input_id, error.location, failure["message"]))
    failure = {"phase": phase, "suggestions": []}  # type: Dict[str, Any]
    owner = step.id if step is not None else step_id
    if owner is not None:
        failure["step"] = owner
    try:
        failure.update(_describe(error, phase, step, origins))
    except Exception:
        name = type(error).__name__
        failure.update(errorClass=name, message=name)
    return {key: value for key, value in failure.items() if value is not None}


def _describe(error: BaseException, phase: str, step: Optional[Step], origins: Optional[CallOrigins]) -> Dict[str, Any]:
    chain = _java_chain(error)
    if isinstance(error, StepProblem):
        return {"errorClass": error.error_class, "message": str(error), "position": error.position}
    if chain or _is_captured(error):
        failure = _describe_spark(error, chain, step, origins)
        if failure["position"] is None and phase == "write" and step is not None:
            failure["position"] = result_position(step)
    else:
        failure = _describe_python(error, step)
    return dict(failure, detail=_detail(error, chain, step))


def clean_message(message: str) -> str:
    """What Spark says without the condition in front, the query, the plan and the stack behind."""
    text = message.strip()
    text = re.split(r"\n== (?:SQL|DataFrame)\b", text)[0]
    text = re.split(r"\n\s*at [\w.$/]+\(|\n\nDriver stacktrace|\nJVM stacktrace", text)[0]
    text = re.split(r";\s*line \d+ pos \d+", text)[0]
    text = re.split(r";\n['!]?[A-Z]\w+", text)[0]
    text = re.sub(r"\s*\(line \d+, pos \d+\)\s*\Z", "", text)
    text = re.sub(r"\s*SQLSTATE: \w+\s*\Z", "", text)
    text = re.sub(r"\A\[[A-Z0-9_.]+\]\s*", "", text)
    text = re.split(r" Verify the spelling and correctness of", text)[0]
    return text.rstrip("; \n")


def _describe_spark(
    error: BaseException, chain: List[Cause], step: Optional[Step], origins: Optional[CallOrigins]
) -> Dict[str, Any]:
    cause = _telling(chain) or Cause("", _text_of(error), None, {}, [], None)
    worker = _worker_failure(error, chain, step)
    if worker is not None:
        return worker
    lost = _LOST_TASK.search(cause.message)
    java_class, raw = (lost.group("class"), lost.group("message")) if lost else (cause.java_class, cause.message)
    condition = cause.condition or _condition_of(error)
    parameters = cause.parameters or _parameters_of(error)
    unknown = _unknown_name(raw, condition, parameters)
    return {
        "errorClass": type(error).__name__ if _is_captured(error) else java_class.rsplit(".", 1)[-1],
        "condition": condition,
        "message": clean_message(raw) or java_class,
        "suggestions": _suggestions(raw, parameters, unknown),
        "position": None if step is None else spark_position(error, chain, raw, step, unknown, origins),
    }


def _worker_failure(error: BaseException, chain: List[Cause], step: Optional[Step]) -> Optional[Dict[str, Any]]:
    """An exception of Python code that ran in Spark's workers: it comes back as the text of its traceback."""
    texts = [cause.message for cause in reversed(chain) if "PythonException" in cause.java_class]
    if type(error).__name__ == "PythonException" or (not texts and "api.python.PythonException" in str(error)):
        texts.append(_text_of(error))
    for text in texts:
        matches = list(_WORKER_TRACEBACK.finditer(text + "\n"))
        if matches:
            last = matches[-1]
            name = re.match(r"[\w.]+", last.group("error"))
            return {
                "errorClass": name.group(0).rsplit(".", 1)[-1] if name else "PythonException",
                "message": last.group("error").strip(),
                "position": None if step is None else worker_position(last.group("frames"), step),
            }
    return None


def _describe_python(error: BaseException, step: Optional[Step]) -> Dict[str, Any]:
    name = type(error).__name__
    text = _text_of(error)
    position = None
    if step is not None:
        raised = traceback_extent(error, step)
        position = syntax_position(error, step) if isinstance(error, SyntaxError) else None
        position = position or (None if raised is None else extent_position(raised, step))
    if isinstance(error, SyntaxError) and isinstance(error.msg, str):
        text = error.msg
    if isinstance(error, NameError) and position is not None:
        text += ". Only what the function imports and defines itself exists on the cluster"
    elif isinstance(error, TypeError) and position is None and re.search(r"missing \d+ required", text):
        text += ". The inputs are passed by position, and default values do not exist on the cluster"
    condition = _condition_of(error)
    message = "%s: %s" % (name, clean_message(text)) if text else name
    return {"errorClass": name, "condition": condition, "message": message, "position": position}


def _unknown_name(raw: str, condition: Optional[str], parameters: Dict[str, str]) -> Optional[str]:
    if condition is not None and not condition.startswith(("UNRESOLVED_COLUMN", "AMBIGUOUS_REFERENCE")):
        return None
    quoted = parameters.get("objectName", parameters.get("name"))
    if quoted is None:
        match = _UNKNOWN_NAME.search(raw) if "resolve" in raw else None
        quoted = match.group(1) if match else None
    return None if quoted is None else unquoted(quoted)


def _suggestions(raw: str, parameters: Dict[str, str], unknown: Optional[str]) -> List[str]:
    proposal = parameters.get("proposal")
    if proposal is not None:
        return [unquoted(one) for one in re.findall(r"(?:`(?:[^`]|``)*`\.?)+", proposal)]
    columns = _INPUT_COLUMNS.search(raw)
    if columns is None or unknown is None:
        return []
    # Up to Spark 3.3 the message lists all columns; those that look alike come first.
    by_name = {unquoted(one.strip()).split(".")[-1]: unquoted(one.strip()) for one in columns.group(1).split(",")}
    return [by_name[one] for one in difflib.get_close_matches(unknown.split(".")[-1], list(by_name), 3)]


def _telling(chain: List[Cause]) -> Optional[Cause]:
    """The exception that says what is wrong: one with a place, one with a condition of its own, the innermost."""
    for cause in chain:
        if any(isinstance(ask(one, "startIndex"), int) and ask(one, "startIndex") >= 0 for one in cause.contexts):
            return cause
    for cause in chain:
        if cause.condition and not cause.condition.startswith(_WRAPPERS):
            return cause
    for cause in reversed(chain):
        if cause.message:
            return cause
    return None


def _java_chain(error: BaseException) -> List[Cause]:
    java = getattr(error, "java_exception", None)
    if java is None:
        java = getattr(error, "_origin", None)
    chain = []  # type: List[Cause]
    while java is not None and len(chain) < _CHAIN_LIMIT:
        try:
            contexts = ask(java, "getQueryContext")
            chain.append(
                Cause(
                    str(java.getClass().getName()),
                    str(java.getMessage() or ""),
                    _condition_of(java),
                    _parameters_of(java),
                    list(contexts) if contexts is not None else [],
                    _command_of(java),
                )
            )
            java = java.getCause()
        except Exception:
            # The JVM may be gone: what is known so far has to do.
            break
    return chain


def _condition_of(error: Any) -> Optional[str]:
    condition = ask(error, "getCondition") or ask(error, "getErrorClass")
    return condition if isinstance(condition, str) else None


def _parameters_of(error: Any) -> Dict[str, str]:
    parameters = ask(error, "getMessageParameters")
    return {str(key): str(value) for key, value in parameters.items()} if hasattr(parameters, "items") else {}


def _command_of(java: Any) -> Optional[str]:
    command = ask(ask(java, "command"), "get")
    return command if isinstance(command, str) else None


def _is_captured(error: BaseException) -> bool:
    """Whether PySpark made an exception of its own of a Java one."""
    return any(base.__name__ == "CapturedException" for base in type(error).__mro__)


def _text_of(error: BaseException) -> str:
    try:
        if _is_captured(error):
            return str(getattr(error, "desc", None) or getattr(error, "_desc", None) or error)
        return str(error)
    except Exception:
        return ""


def _detail(error: BaseException, chain: List[Cause], step: Optional[Step]) -> Optional[str]:
    """For the log: the frames from the user's file on, then each Java cause in a line."""
    if isinstance(error, StepProblem):
        return None
    lines = []  # type: List[str]
    frames = traceback.extract_tb(error.__traceback__)
    for index, frame in enumerate(frames):
        if step is not None and frame.filename == step.file_name:
            lines.append("Traceback (most recent call last):\n")
            lines.extend(traceback.format_list(frames[index:]))
            break
    if not chain:
        lines.extend(traceback.format_exception_only(type(error), error))
    for cause in chain:
        lines.append("%s: %s\n" % (cause.java_class, cause.message.strip()))
    return "".join(lines)[:_DETAIL_LIMIT]
