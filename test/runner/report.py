"""Runs the tests of this folder for another program: `report.py --list` prints their ids, otherwise each result is a line
of JSON on standard output, as soon as it is known."""

import json
import os
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    # What tests and Spark print must not be taken for results.
    results = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.path.insert(0, HERE)
    suite = unittest.defaultTestLoader.discover(HERE, "test_*.py")
    if "--list" in sys.argv:
        results.write(json.dumps([test.id() for test in flatten(suite)]) + "\n")
    else:
        suite.run(Reporter(results))
    results.flush()
    sys.stderr.flush()
    os._exit(0)


def flatten(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from flatten(test)
        else:
            yield test


class Reporter(unittest.TestResult):
    def __init__(self, results):
        super().__init__()
        self._results = results
        self._problem = None
        self._started = 0.0

    def startTest(self, test):
        super().startTest(test)
        self._problem = None
        self._started = time.monotonic()

    def addError(self, test, err):
        self._problem = self._exc_info_to_string(err, test)

    addFailure = addError

    def addSkip(self, test, reason):
        self._problem = "A test must not be skipped: %s" % reason

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.addError(subtest, err)

    def stopTest(self, test):
        seconds = time.monotonic() - self._started
        self._results.write(json.dumps({"id": test.id(), "seconds": seconds, "problem": self._problem}) + "\n")
        self._results.flush()


if __name__ == "__main__":
    main()
