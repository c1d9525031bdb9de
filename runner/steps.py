"""Runs the steps of a plan, one after the other, and reports them."""

import sys
import threading
import time
from typing import Any, Callable, Dict, List, Optional

import storage
from call_origins import CallOrigins
from dataframe_step import rebuild_function
from failures import InputProblem, StepProblem, describe_failure
from manifest import Record
from plan import Input, Plan, Step
from process_state import ProcessState
from python_position import call_position, return_position
from spark_session import fresh_session, is_alive, is_reachable

_POLL_SECONDS = 0.1


class Cancelled(BaseException):
    """Not an Exception: a user's `except Exception` must not catch it."""


class StepRun:
    """One run of a plan on a session. Another thread may ask it to stop."""

    def __init__(
        self,
        plan: Plan,
        out: str,
        run_id: str,
        session: Any,
        emit: Callable[[Dict[str, Any]], None],
        process: ProcessState,
    ) -> None:
        self._plan = plan
        self._out = out
        self._group = run_id
        self._session = session
        self._emit = emit
        self._cancelled = threading.Event()
        self._process = process
        self._folders = {}  # type: Dict[str, str]
        # The file of the function that runs.
        self._user_file = None  # type: Optional[str]

    def cancel(self) -> None:
        """Stops the Spark jobs of this run. More may be on their way from the driver: the watcher stops those."""
        self._cancelled.set()
        self._cancel_jobs()

    def is_in_user_code(self, thread: int) -> bool:
        """Whether the thread is busy in a user's function, and not waiting for Java there."""
        frame = sys._current_frames().get(thread)
        found = False
        while frame is not None:
            name = frame.f_code.co_filename
            if "py4j" in name:
                return False
            found = found or name == self._user_file
            frame = frame.f_back
        return found

    def run(self, record: Record) -> "tuple":
        """(state, failure). Never raises but for what ends the process."""
        problems = storage.check_inputs(self._plan)
        if problems:
            one, problem = problems[0]
            return "failed", describe_failure(problem, "input", None, one.id)
        for index, step in enumerate(self._plan.steps):
            self._emit({"event": "stepStarted", "id": step.id, "index": index, "of": len(self._plan.steps)})
            started = time.monotonic()
            attempt = _Attempt()
            try:
                result = self._run_step(step, attempt)
                failure = None
            except Cancelled:
                result, failure = {"state": "cancelled"}, None
            except BaseException as error:
                # SystemExit and KeyboardInterrupt too: the user's code may raise what it likes.
                if self._cancelled.is_set():
                    result, failure = {"state": "cancelled"}, None
                else:
                    failure = describe_failure(self._telling(error, step), _phase_of(error, attempt.phase), step, None, attempt.origins)
                    result = {"state": "failed"}
            if result["state"] != "succeeded":
                storage.remove_result(attempt.folder)
            result = dict({"id": step.id, "seconds": round(time.monotonic() - started, 3)}, **result)
            record.add_step(result)
            self._emit(dict({"event": "stepFinished"}, **result))
            if result["state"] != "succeeded":
                return result["state"], failure
        return "succeeded", None

    def _telling(self, error: BaseException, step: Step) -> BaseException:
        """The error, or what is behind it when Spark is gone: anything may be the first to miss it."""
        if is_alive(self._session) or "OutOfMemoryError" in str(getattr(error, "java_exception", "")):
            return error
        if is_reachable(self._session):
            return StepProblem("SparkStopped", "%s stopped Spark." % step.id, call_position(step, "stop"))
        return StepProblem("SparkEnded", "Spark ended while %s ran; most likely it had too little memory." % step.id)

    def _run_step(self, step: Step, attempt: "_Attempt") -> Dict[str, Any]:
        self._check_cancelled()
        self._process.restore()
        self._user_file = step.file_name or None
        session = fresh_session(self._session, {})
        session.sparkContext.setJobGroup(self._group, step.id, True)
        with _Watcher(session, self._group, step.id, self._emit, self._cancelled, self._cancel_jobs):
            attempt.phase = "input"
            frames = self._read_inputs(session, step)
            attempt.phase = "analyse"
            frame = session.sql(step.sql) if step.kind == "sql" else self._call_function(session, step, frames, attempt)
            _check_frame(frame, step)
            if self._plan.limit is not None and step.id == self._plan.target:
                frame = frame.limit(self._plan.limit)
            self._check_cancelled()
            attempt.phase = "write"
            attempt.folder = storage.output_folder(self._out, step)
            storage.write_result(frame, attempt.folder)
            self._check_cancelled()
        self._folders[step.id] = attempt.folder
        result = {"state": "succeeded", "location": attempt.folder, "columns": _columns(frame)}
        rows = storage.count_rows(session, attempt.folder)
        if rows is not None:
            result["rows"] = rows
        return result

    def _read_inputs(self, session: Any, step: Step) -> List[Any]:
        """In the order of the definition; a source named twice is read twice."""
        inputs = {one.id: one for one in self._plan.inputs}
        steps = {one.id: one for one in self._plan.steps}
        frames = []
        for used in step.inputs:
            if used in inputs:
                frame, view = self._read_input(session, inputs[used]), inputs[used].view
            else:
                frame, view = storage.read_result(session, self._folders[used]), steps[used].view
            frame.createOrReplaceTempView(view)
            frames.append(frame)
        return frames

    def _read_input(self, session: Any, one: Input) -> Any:
        try:
            return storage.read_input(session, self._plan, one)
        except Exception as error:
            raise InputProblem(one.id, one.local_path or one.location) from error

    def _call_function(self, session: Any, step: Step, frames: List[Any], attempt: "_Attempt") -> Any:
        try:
            function = rebuild_function(step)
        except LookupError as error:
            raise StepProblem("LookupError", str(error)) from error
        attempt.origins = CallOrigins(session, step)
        with attempt.origins:
            return function(*frames)

    def _cancel_jobs(self) -> None:
        try:
            # Not only those of the group: user code can leave it. There is one run at a time.
            self._session.sparkContext.cancelAllJobs()
        except Exception as error:
            sys.stderr.write("The jobs could not be cancelled: %s\n" % error)

    def _check_cancelled(self) -> None:
        if self._cancelled.is_set():
            raise Cancelled()


class _Attempt:
    """How far a step got: what a failure needs to know."""

    def __init__(self) -> None:
        self.phase = "start"
        self.folder = None  # type: Optional[str]
        self.origins = None  # type: Optional[CallOrigins]


class _Watcher:
    """Reports the tasks of a step while it runs, and stops jobs that start after the run was cancelled."""

    def __init__(
        self,
        session: Any,
        group: str,
        step_id: str,
        emit: Callable[[Dict[str, Any]], None],
        cancelled: threading.Event,
        cancel_jobs: Callable[[], None],
    ) -> None:
        self._tracker = session.sparkContext.statusTracker()
        self._group = group
        self._step_id = step_id
        self._emit = emit
        self._cancelled = cancelled
        self._cancel_jobs = cancel_jobs
        self._done = threading.Event()
        self._earlier = set(self._tracker.getJobIdsForGroup(group))
        self._thread = threading.Thread(target=self._watch, name="watcher", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: Any) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        last = (0, 0)
        while not self._done.wait(_POLL_SECONDS):
            if self._cancelled.is_set():
                self._cancel_jobs()
                continue
            try:
                tasks = self._count_tasks()
            except Exception:
                # Spark is stopping; the step will say so.
                return
            if tasks != last and tasks[1] > 0:
                last = tasks
                self._emit({"event": "stepProgress", "id": self._step_id, "tasksDone": tasks[0], "tasksTotal": tasks[1]})

    def _count_tasks(self) -> "tuple":
        done = total = 0
        for job in set(self._tracker.getJobIdsForGroup(self._group)) - self._earlier:
            info = self._tracker.getJobInfo(job)
            for stage in info.stageIds if info is not None else ():
                stage_info = self._tracker.getStageInfo(stage)
                if stage_info is not None:
                    done += stage_info.numCompletedTasks
                    total += stage_info.numTasks
        return done, total


def _check_frame(frame: Any, step: Step) -> None:
    from pyspark.sql import DataFrame

    if isinstance(frame, DataFrame):
        return
    if frame is None:
        raise StepProblem(
            "NoDataFrame", "%s returned None; it must return a DataFrame." % step.function_name, return_position(step, certain=True)
        )
    raise StepProblem(
        "NoDataFrame",
        "%s returned %s; it must return a pyspark DataFrame." % (step.function_name, _kind_of(frame)),
        return_position(step),
    )


def _kind_of(value: Any) -> str:
    name = type(value).__name__
    module = (type(value).__module__ or "").split(".")[0]
    full = name if module in ("builtins", "pyspark") else "%s.%s" % (module, name)
    return ("an " if full[:1].lower() in "aeiou" else "a ") + full


def _phase_of(error: BaseException, phase: str) -> str:
    """Writing is where Spark does the work: what it finds then is a failure of the query, not of the file system, unless
    it says at once that the result cannot be written."""
    names = [base.__name__ for base in type(error).__mro__]
    if phase == "write":
        return "write" if "AnalysisException" in names else "execute"
    if phase == "analyse":
        return "analyse" if "AnalysisException" in names or isinstance(error, (StepProblem, SyntaxError)) else "execute"
    return phase


def _columns(frame: Any) -> List[Dict[str, Any]]:
    return [
        {"name": field.name, "type": field.dataType.simpleString(), "nullable": bool(field.nullable)} for field in frame.schema.fields
    ]
