"""Lets Spark 3.3 to 3.5 know which call of the user's function made an expression, so that a failure that comes later, when
the result is computed, still leads to its place. Spark keeps such an origin with each expression of a SQL text, and names it
in the failure; here the origin of a call in the user's file is set before the call reaches Java. Spark 4 does this itself."""

import sys
import threading
from typing import Any, Dict, List, Optional, Tuple

from plan import Step
from python_position import Extent, code_extent, text_at

# What the origin of a call says it is part of; its name is the number of the call.
OBJECT_TYPE = "call"
_TEXT_LIMIT = 500
_VERSIONS = ("3.3.", "3.4.", "3.5.")


class CallOrigins:
    """Records the calls while it is entered, of the thread that entered it alone."""

    def __init__(self, session: Any, step: Step) -> None:
        self._session = session
        self._step = step
        self._calls = []  # type: List[Extent]
        self._known = {}  # type: Dict[Tuple[Any, int], Any]
        self._current = None  # type: Optional[Tuple[Any, int]]
        self._client = None  # type: Any
        self._thread = 0
        self._busy = False

    def __enter__(self) -> "CallOrigins":
        try:
            gateway = self._session.sparkContext._gateway
            # Only there does a thread of Python have a thread of Java for itself, which is where the origin is kept.
            if type(gateway).__name__ == "ClientServer" and self._session.version.startswith(_VERSIONS):
                trees = self._session._jvm.org.apache.spark.sql.catalyst.trees
                self._new_origin, self._holder = trees.Origin, trees.CurrentOrigin
                self._option = self._session._jvm.scala.Option
                self._thread = threading.get_ident()
                self._send, self._client = gateway._gateway_client.send_command, gateway._gateway_client
                self._client.send_command = self._send_with_origin
        except Exception:
            # Failures are placed less exactly then; the step is none the worse.
            self._client = None
        return self

    def __exit__(self, *_: Any) -> None:
        if self._client is None:
            return
        self._client.__dict__.pop("send_command", None)
        try:
            self._holder.reset()
        except Exception:
            # The function may have stopped Spark.
            pass

    def extent(self, context: Any) -> Optional[Extent]:
        """The call that a context of Spark's stands for."""
        try:
            return self._calls[int(context.objectName())] if context.objectType() == OBJECT_TYPE else None
        except Exception:
            return None

    def _send_with_origin(self, command: str, *args: Any, **options: Any) -> Any:
        # `c` calls a method, `i` a constructor; the rest is housekeeping.
        if not self._busy and command[:1] in ("c", "i") and threading.get_ident() == self._thread:
            self._busy = True
            try:
                self._set_origin()
            except Exception:
                # An origin that cannot be set must not stop what the user asked for.
                pass
            finally:
                self._busy = False
        return self._send(command, *args, **options)

    def _set_origin(self) -> None:
        frame = sys._getframe(2)  # type: Any
        while frame is not None and frame.f_code.co_filename != self._step.file_name:
            frame = frame.f_back
        if frame is None:
            return
        call = (frame.f_code, frame.f_lasti)
        if call == self._current:
            return
        if call not in self._known:
            self._known[call] = self._origin_of(code_extent(frame.f_code, frame.f_lineno, frame.f_lasti))
        self._holder.set(self._known[call])
        self._current = call

    def _origin_of(self, extent: Extent) -> Any:
        text = (text_at(extent, self._step) or "?")[:_TEXT_LIMIT]
        values = (extent.line, extent.column or 0, 0, len(text) - 1, text, OBJECT_TYPE, str(len(self._calls)))
        origin = self._new_origin(*[self._option.apply(value) for value in values])
        self._calls.append(extent)
        return origin
