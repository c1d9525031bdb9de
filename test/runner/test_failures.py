"""Words of Spark from 2.4 to 4.0, as they arrive: what people get to read."""

import unittest

import support
from failures import StepProblem, clean_message, describe_failure


class CapturedException(Exception):
    """As PySpark 2.4 to 3.3 has it: a description, nothing else."""

    def __init__(self, desc):
        super().__init__(desc)
        self.desc = desc


class AnalysisException(CapturedException):
    pass


class ParseException(CapturedException):
    pass


def sql_step(sql):
    return support.plan_of([], [support.sql_step("x.v1", "source_0", [], sql)]).steps[0]


class CleanMessageTest(unittest.TestCase):
    def test_leaves_the_cause(self):
        expectations = [
            (
                "cannot resolve '`idd`' given input columns: [id, name]; line 1 pos 7;\n'Project ['idd]\n+- Range (0, 10)\n",
                "cannot resolve '`idd`' given input columns: [id, name]",
            ),
            (
                "\nmismatched input 'wher' expecting <EOF>(line 1, pos 14)\n\n== SQL ==\nselect * from t wher x\n--------------^^^\n",
                "mismatched input 'wher' expecting <EOF>",
            ),
            (
                "[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name `idd` cannot be resolved. "
                "Did you mean one of the following? [`id`]. SQLSTATE: 42703; line 1 pos 7;\n'Project ['idd]\n",
                "A column, variable, or function parameter with name `idd` cannot be resolved. Did you mean one of the following? [`id`].",
            ),
            (
                "[TABLE_OR_VIEW_NOT_FOUND] The table or view `t` cannot be found. Verify the spelling and correctness of the schema "
                "and catalog.\nIf you did not qualify the name with a schema, verify the current_schema() output.; line 1 pos 14;\n",
                "The table or view `t` cannot be found.",
            ),
            (
                "[DIVIDE_BY_ZERO] Division by zero. Use `try_divide`.\n== SQL(line 1, position 8) ==\nselect 1/0\n       ^^^\n",
                "Division by zero. Use `try_divide`.",
            ),
            ("java.lang.RuntimeException: no\n\tat org.apache.spark.A.b(A.scala:1)\n", "java.lang.RuntimeException: no"),
        ]
        for message, expected in expectations:
            self.assertEqual(clean_message(message), expected)


class OldSparkTest(unittest.TestCase):
    def test_unknown_column(self):
        message = "cannot resolve '`orgin`' given input columns: [t.origin, t.delay]; line 1 pos 7;\n'Project ['orgin]\n"
        failure = describe_failure(AnalysisException(message), "analyse", sql_step("SELECT orgin FROM t"))
        self.assertEqual(failure["errorClass"], "AnalysisException")
        self.assertEqual(failure["suggestions"], ["t.origin"])
        self.assertEqual(failure["position"], {"kind": "sql", "start": 7, "end": 12})

    def test_syntax_error(self):
        message = "\nmismatched input 'x' expecting {<EOF>, ';'}(line 1, pos 21)\n\n== SQL ==\nSELECT a FROM t wher x y\n"
        failure = describe_failure(ParseException(message), "analyse", sql_step("SELECT a FROM t wher x y"))
        self.assertEqual(failure["position"], {"kind": "sql", "start": 21, "end": 22})
        self.assertEqual(failure["message"], "mismatched input 'x' expecting {<EOF>, ';'}")

    def test_a_task_that_was_lost(self):
        message = (
            "Job aborted due to stage failure: Task 0 in stage 1.0 failed 4 times, most recent failure: Lost task 0.3 in stage 1.0 "
            "(TID 4, ip-10-0-0-1.ec2.internal, executor 2): java.lang.ArithmeticException: divide by zero\n"
            "\tat org.apache.spark.A.b(A.scala:1)\n\nDriver stacktrace:\n"
        )
        failure = describe_failure(AnalysisException(message), "execute", sql_step("SELECT 1"))
        self.assertEqual(failure["message"], "divide by zero")


class WorkerTest(unittest.TestCase):
    def test_a_traceback_of_a_worker(self):
        class PythonException(CapturedException):
            pass

        step = support.step_of("def f(df):\n    def g(x):\n        return int(x)\n", 20)
        message = (
            "\n  An exception was thrown from the Python worker. Please see the stack trace below.\n"
            'Traceback (most recent call last):\n  File "/spark/worker.py", line 1, in main\n    process()\n'
            '  File "/project/definitions.py", line 22, in g\n    return int(x)\n           ^^^^^^\n'
            "ValueError: invalid literal for int() with base 10: 'a'\n"
        )
        failure = describe_failure(PythonException(message), "execute", step)
        self.assertEqual(failure["errorClass"], "ValueError")
        self.assertEqual(failure["message"], "ValueError: invalid literal for int() with base 10: 'a'")
        place = {"kind": "python", "fileName": "/project/definitions.py", "line": 22}
        self.assertEqual(failure["position"], dict(place, character=15, endLine=22, endCharacter=21))
        # Older Pythons underline nothing, and the file may hold another text than what was run.
        bare = message.replace("           ^^^^^^\n", "")
        self.assertEqual(describe_failure(PythonException(bare), "execute", step)["position"], place)
        other = message.replace("    return int(x)", "    return str(x)")
        self.assertEqual(describe_failure(PythonException(other), "execute", step)["position"], place)


class HostileErrorTest(unittest.TestCase):
    """What user code raises may fail when it is looked at; it is described all the same."""

    def test_without_words(self):
        class Mute(Exception):
            def __str__(self):
                raise TypeError("no words")

        failure = describe_failure(Mute(), "execute", None)
        self.assertEqual((failure["errorClass"], failure["message"]), ("Mute", "Mute"))

    def test_with_answers_of_the_wrong_kind(self):
        class Odd(Exception):
            desc = 5

            def getErrorClass(self):
                return object()

            def getMessageParameters(self):
                return 7

        self.assertEqual(describe_failure(Odd("w"), "execute", None)["message"], "Odd: w")
        self.assertEqual(describe_failure(SyntaxError(5), "execute", None)["message"], "SyntaxError: 5")
        self.assertNotIn("condition", describe_failure(Odd("w"), "execute", None))


class OwnProblemTest(unittest.TestCase):
    def test_is_said_as_it_is(self):
        failure = describe_failure(StepProblem("InputNotMapped", "no copy"), "input", None, "a.v1")
        expected = {"phase": "input", "step": "a.v1", "errorClass": "InputNotMapped", "message": "no copy", "suggestions": []}
        self.assertEqual(failure, expected)
