"""Takes requests and runs plans, one at a time, on a Spark that stays warm between them.

Three threads: the main one takes messages and never blocks on Spark, so that it can always cancel or end; the worker
owns Spark; a reader feeds standard input to the main one. A run ends exactly once: whoever closes it first has the word.
"""

import ctypes
import json
import os
import platform
import queue
import sys
import threading
import time
from typing import Any, BinaryIO, Callable, Dict, List, Optional, Tuple

from failures import StepProblem, describe_failure
from manifest import Record, Reporter, write_manifest
from plan import PlanError, load_plan
from process_state import ProcessState
from spark_session import forget_leftovers, is_alive, is_reachable, start_session
from steps import Cancelled, StepRun

# How often a cancelled run is looked at, and how often in a row it is found in the user's Python before that is interrupted.
_LOOK_SECONDS = 0.2
_LOOKS = 3


class Run:
    """A requested run, from the request to its manifest."""

    def __init__(self, run_id: str, plan_path: str, out: str, emit: Callable[[Dict[str, Any]], None]) -> None:
        self.run_id = run_id
        self.plan_path = plan_path
        self.out = out
        self.record = Record(run_id, "", [])
        self.cancel_requested = threading.Event()
        self.finished = threading.Event()
        self.state = None  # type: Optional[str]
        self.steps = None  # type: Optional[StepRun]
        self._emit = emit
        self._lock = threading.Lock()
        # Set while the user's Python runs in the worker: only then may it be interrupted.
        self._thread = None  # type: Optional[int]
        # The process cannot be trusted any more and ends after this run.
        self.interrupted = False

    def report(self, event: Dict[str, Any]) -> None:
        """Nothing is heard of a run after its end."""
        with self._lock:
            if self.state is None:
                self._emit(event)

    def close(self, state: str, error: Optional[Dict[str, Any]]) -> None:
        with self._lock:
            if self.state is not None:
                return
            self.state = state
            manifest = self.record.close(state, error)
            try:
                write_manifest(self.out, manifest)
            except Exception as problem:
                sys.stderr.write("The manifest of %s could not be written: %s\n" % (self.run_id, problem))
            event = {"event": "runFinished", "manifest": manifest}  # type: Dict[str, Any]
            if self.interrupted:
                event["sessionEnds"] = True
            self._emit(event)
        self.finished.set()

    def interruptible(self, thread: Optional[int]) -> None:
        with self._lock:
            self._thread = thread

    def is_in_user_code(self, steps: StepRun) -> bool:
        thread = self._thread
        return thread is not None and steps.is_in_user_code(thread)

    def interrupt(self) -> None:
        """Raises Cancelled in the worker, wherever its Python is by then. It may be in the middle of talking to Java, so that
        Spark cannot be trusted any more: the process ends after this run."""
        with self._lock:
            if self._thread is not None and not self.interrupted:
                self.interrupted = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread), ctypes.py_object(Cancelled))


class Service:
    def __init__(self, reporter: Reporter, settings: List[Tuple[str, str]], grace: float) -> None:
        """`grace`: the seconds that a cancelled run may take to end before it is given up."""
        self.terminated = False
        self._reporter = reporter
        self._settings = settings
        self._grace = grace
        # SimpleQueue may be fed from a signal handler.
        self._inbox = queue.SimpleQueue()  # type: queue.SimpleQueue
        self._work = queue.SimpleQueue()  # type: queue.SimpleQueue
        self._runs = {}  # type: Dict[str, Run]
        self._session = None  # type: Any
        self._keeps_spark = False
        self._process = ProcessState()
        self._worker = threading.Thread(target=self._work_loop, name="worker", daemon=True)

    def post(self, message: Dict[str, Any]) -> None:
        self._inbox.put(message)

    def warm_up(self) -> None:
        self._work.put(None)

    def serve(self, once: bool) -> Optional[str]:
        """Handles messages until it is told to end, or, with `once`, until the first run has ended; gives its state."""
        self._keeps_spark = not once
        self._worker.start()
        while True:
            message = self._inbox.get()
            kind = message.get("request")
            if kind == "run":
                self._accept(message)
            elif kind == "cancel":
                self._cancel(message.get("runId"))
            elif kind == "ended":
                run = self._runs.pop(message["runId"], None)
                if once and run is not None:
                    return run.state
                if message["broken"]:
                    self._end_all()
                    return None
            elif kind in ("shutdown", "terminate"):
                self.terminated = kind == "terminate"
                return self._end_all()
            else:
                sys.stderr.write("Not a request: %s\n" % json.dumps(message)[:200])

    def _accept(self, message: Dict[str, Any]) -> None:
        values = [message.get(one) for one in ("runId", "plan", "out")]
        if not all(isinstance(one, str) and one for one in values):
            sys.stderr.write("A run needs runId, plan and out.\n")
            return
        run = Run(values[0], values[1], os.path.abspath(values[2]), self._reporter.emit)
        try:
            plan = load_plan(run.plan_path)
            run.record = Record(run.run_id, plan.target, [step.id for step in plan.steps])
        except PlanError:
            # Said when its turn comes; until then it can be cancelled like any other.
            pass
        self._runs[run.run_id] = run
        self._work.put(run)

    def _cancel(self, run_id: Any) -> None:
        run = self._runs.get(run_id) if isinstance(run_id, str) else None
        if run is None:
            return
        run.cancel_requested.set()
        steps = run.steps
        if steps is None:
            # It waits for Spark or for its turn; there is nothing to stop.
            run.close("cancelled", None)
            return
        steps.cancel()
        threading.Thread(target=self._insist, args=(run, steps), name="insist", daemon=True).start()

    def _insist(self, run: Run, steps: StepRun) -> None:
        """Interrupts Python that does not wait for Spark, a loop in the user's function; gives the run up, and with it this
        process, when even that does not help."""
        deadline = time.monotonic() + self._grace
        looks = 0
        while not run.finished.wait(_LOOK_SECONDS):
            if time.monotonic() >= deadline:
                run.interrupted = True
                run.close("cancelled", None)
                self.post({"request": "ended", "runId": run.run_id, "broken": True})
                return
            looks = looks + 1 if run.is_in_user_code(steps) else 0
            if looks == _LOOKS:
                run.interrupt()

    def _end_all(self) -> Optional[str]:
        """Cancels what runs, gives it a moment, and closes its manifest if it does not end by itself."""
        runs = list(self._runs.values())
        for run in runs:
            self._cancel(run.run_id)
        deadline = time.monotonic() + self._grace
        for run in runs:
            run.finished.wait(max(0.0, deadline - time.monotonic()))
            run.close("cancelled", None)
        return runs[0].state if runs else None

    def _work_loop(self) -> None:
        while True:
            run = self._work.get()
            if run is None:
                self._warm_up()
                continue
            try:
                self._run(run)
            except Cancelled:
                run.close("cancelled", None)
            except BaseException as error:
                run.close("failed", describe_failure(error, "start", None))
            finally:
                run.interruptible(None)
            self.post({"request": "ended", "runId": run.run_id, "broken": run.interrupted})

    def _warm_up(self) -> None:
        try:
            self._ready_session()
        except BaseException as error:
            sys.stderr.write("Spark could not be started: %s\n" % error)

    def _run(self, run: Run) -> None:
        try:
            plan = load_plan(run.plan_path)
        except PlanError as error:
            run.close("failed", describe_failure(StepProblem("PlanError", "The plan is not valid. %s" % error), "start", None))
            return
        run.record = Record(run.run_id, plan.target, [step.id for step in plan.steps])
        try:
            session = self._ready_session()
        except BaseException as error:
            run.close("failed", describe_failure(_start_problem(error), "start", None))
            return
        run.record.spark_version, run.record.python_version = session.version, platform.python_version()
        run.report({"event": "runStarted", "runId": run.run_id, "steps": len(plan.steps)})
        run.steps = StepRun(plan, run.out, run.run_id, session, run.report, self._process)
        if run.cancel_requested.is_set():
            run.close("cancelled", None)
            return
        state, failure = _run_interruptibly(run, run.steps)
        # A process without its Java is of no use any more.
        run.interrupted = run.interrupted or not is_reachable(session)
        run.close(state, failure)
        if self._keeps_spark and not run.interrupted:
            _forget(session)

    def _ready_session(self) -> Any:
        if not is_alive(self._session):
            self._session = start_session(self._settings)
            self._reporter.emit(
                {"event": "sessionReady", "sparkVersion": self._session.version, "pythonVersion": platform.python_version()}
            )
        return self._session


def read_requests(stream: BinaryIO, service: Service) -> None:
    """Feeds the lines of a stream to the service; its end is a request to shut down."""

    def read() -> None:
        for line in stream:
            try:
                message = json.loads(line.decode("utf-8"))
            except (ValueError, RecursionError) as error:
                sys.stderr.write("Not a request: %s\n" % error)
                continue
            # What only this process may say to itself is not taken from outside.
            if isinstance(message, dict) and message.get("request") in ("run", "cancel", "shutdown"):
                service.post(message)
            else:
                sys.stderr.write("Not a request: %s\n" % json.dumps(message)[:200])
        service.post({"request": "shutdown"})

    threading.Thread(target=read, name="reader", daemon=True).start()


def _run_interruptibly(run: Run, steps: StepRun) -> Tuple[str, Optional[Dict[str, Any]]]:
    try:
        run.interruptible(threading.get_ident())
        try:
            return steps.run(run.record)
        finally:
            run.interruptible(None)
    except Cancelled:
        return "cancelled", None


def _start_problem(error: BaseException) -> BaseException:
    name, text = type(error).__name__, str(error)
    if isinstance(error, ImportError):
        return StepProblem(name, "PySpark cannot be imported by %s: %s" % (sys.executable, text))
    if "gateway" in text.lower() or "JAVA_HOME" in text:
        return StepProblem(name, "Java could not be started. Spark needs Java 8, 11 or 17; set JAVA_HOME to one of them.")
    return error


def _forget(session: Any) -> None:
    try:
        forget_leftovers(session)
    except Exception as error:
        sys.stderr.write("What the run left in Spark could not be removed: %s\n" % error)
