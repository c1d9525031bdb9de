"""What user code can change of the process that all steps share, put back for each step: on the cluster every step is a
program of its own."""

import os
import sys


class ProcessState:
    """The state at the time it is made."""

    def __init__(self) -> None:
        self._folder = os.getcwd()
        self._environment = dict(os.environ)
        self._module_path = list(sys.path)
        self._recursion_limit = sys.getrecursionlimit()

    def restore(self) -> None:
        # The folder may have been removed, too.
        os.makedirs(self._folder, exist_ok=True)
        os.chdir(self._folder)
        for name in set(os.environ) - set(self._environment):
            del os.environ[name]
        os.environ.update(self._environment)
        sys.path[:] = self._module_path
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
        sys.setrecursionlimit(self._recursion_limit)
