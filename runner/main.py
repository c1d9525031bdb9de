"""Runs plans on Spark.

    main.py run --plan FILE --out FOLDER [--run-id ID] [--conf KEY=VALUE]… [--grace SECONDS]
    main.py serve [--conf KEY=VALUE]… [--grace SECONDS]

`run` runs one plan. `serve` keeps a warm Spark and takes requests from standard input, one JSON object a line:
`{"request": "run", "runId", "plan": FILE, "out": FOLDER}`, `{"request": "cancel", "runId"}`, `{"request": "shutdown"}`;
it ends when standard input does, that is when its parent dies. Both write events to standard output, one JSON object a
line, and for every run a `result.json` into its folder, however the run ends. What user code prints goes to standard error.
"""

import argparse
import os
import signal
import sys
from typing import List, Optional, Tuple

from manifest import Reporter
from service import Service, read_requests

EXIT_SUCCEEDED = 0
EXIT_FAILED = 1
EXIT_TERMINATED = 143
DEFAULT_GRACE = 3.0


def main(arguments: Optional[List[str]] = None) -> int:
    options = _parse(arguments)
    service = Service(Reporter(_claim_standard_output()), options.conf, options.grace)
    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: service.post({"request": "terminate"}))
    if options.command == "run":
        service.post({"request": "run", "runId": options.run_id, "plan": options.plan, "out": options.out})
        state = service.serve(once=True)
        return EXIT_TERMINATED if service.terminated else EXIT_SUCCEEDED if state == "succeeded" else EXIT_FAILED
    read_requests(sys.stdin.buffer, service)
    service.warm_up()
    service.serve(once=False)
    return EXIT_TERMINATED if service.terminated else EXIT_SUCCEEDED


def _claim_standard_output() -> int:
    """A descriptor for events alone: whatever prints from now on, Java included, prints to standard error."""
    sys.stdout.flush()
    events = os.dup(1)
    os.set_inheritable(events, False)
    os.dup2(2, 1)
    return events


def _parse(arguments: Optional[List[str]]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="main.py", description="Runs plans on Spark.")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="run one plan")
    run.add_argument("--plan", required=True, help="the plan, a JSON file")
    run.add_argument("--out", required=True, type=os.path.abspath, help="the folder of the run")
    run.add_argument("--run-id", default="run", help="what the run is called in its manifest")
    serve = commands.add_parser("serve", help="keep Spark warm and run plans on request")
    for parser_of_command in (run, serve):
        parser_of_command.add_argument("--conf", action="append", default=[], type=_setting, help="a setting of Spark, KEY=VALUE")
        parser_of_command.add_argument(
            "--grace", type=float, default=DEFAULT_GRACE, help="seconds that a cancelled run may take to end before it is given up"
        )
    return parser.parse_args(arguments)


def _setting(text: str) -> Tuple[str, str]:
    key, separator, value = text.partition("=")
    if not separator or not key:
        raise argparse.ArgumentTypeError("expected KEY=VALUE, found %r" % text)
    return key, value


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    # At once: Spark's own threads would hold the process, and Java ends when its parent does.
    os._exit(code)
