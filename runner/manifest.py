"""What the runner reports: events, one JSON object a line, and the manifest `result.json`. The formats are those of
`shared/run/manifest.ts`."""

import datetime
import json
import os
import threading
import time
from typing import Any, Dict, List, Optional

MANIFEST_NAME = "result.json"


class Reporter:
    """Writes events to a file descriptor that nothing else writes to, each line at once."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lock = threading.Lock()
        self._broken = False

    def emit(self, event: Dict[str, Any]) -> None:
        line = (json.dumps(event, separators=(",", ":"), allow_nan=False) + "\n").encode("ascii")
        with self._lock:
            try:
                while line and not self._broken:
                    line = line[os.write(self._descriptor, line) :]
            except OSError:
                # Nobody listens any more. The manifest still tells how the run ended.
                self._broken = True


class Record:
    """The manifest as it grows. Times are taken here, so that every way of ending a run has them."""

    def __init__(self, run_id: str, target: str, step_ids: List[str]) -> None:
        self.started = datetime.datetime.now(datetime.timezone.utc)
        self._clock = time.monotonic()
        self._run_id = run_id
        self._target = target
        self._order = step_ids
        self._steps = {}  # type: Dict[str, Dict[str, Any]]
        self.spark_version = None  # type: Optional[str]
        self.python_version = None  # type: Optional[str]

    def add_step(self, result: Dict[str, Any]) -> None:
        self._steps[result["id"]] = result

    def close(self, state: str, error: Optional[Dict[str, Any]]) -> Dict[str, Any]:
        """The manifest; steps that were not reached are skipped, one that was under way shares the fate of the run."""
        manifest = {
            "version": 1,
            "runId": self._run_id,
            "target": self._target,
            "state": state,
            "started": self.started.strftime("%Y-%m-%dT%H:%M:%S.") + "%03dZ" % (self.started.microsecond // 1000),
            "seconds": round(time.monotonic() - self._clock, 3),
            "steps": [self._steps.get(one, {"id": one, "state": "skipped", "seconds": 0}) for one in self._order],
        }
        if self.spark_version is not None:
            manifest["sparkVersion"] = self.spark_version
        if self.python_version is not None:
            manifest["pythonVersion"] = self.python_version
        if error is not None:
            manifest["error"] = error
        return manifest


def write_manifest(folder: str, manifest: Dict[str, Any]) -> None:
    """Writes `result.json` so that a reader sees all of it or none."""
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, MANIFEST_NAME)
    partial = "%s.%d.partial" % (path, os.getpid())
    with open(partial, "w", encoding="ascii") as file:
        json.dump(manifest, file, indent=2, allow_nan=False)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, path)
