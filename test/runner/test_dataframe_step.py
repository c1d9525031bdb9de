import sys
import traceback
import unittest

from support import step_of
from dataframe_step import cluster_namespace, rebuild_function
from failures import describe_failure

COLUMNS_KNOWN = sys.version_info >= (3, 11)


class RebuildTest(unittest.TestCase):
    def failure(self, source, first_line=1, *arguments):
        step = step_of(source, first_line)
        try:
            rebuild_function(step)(*arguments)
        except Exception as error:
            return describe_failure(error, "execute", step)
        self.fail("it should have failed")

    def place(self, failure):
        position = failure["position"]
        if not COLUMNS_KNOWN:
            return (position["line"],)
        return (position["line"], position["character"], position["endLine"], position["endCharacter"])

    def test_runs_in_the_namespace_of_the_cluster_alone(self):
        names = rebuild_function(step_of("def f():\n    return sorted(globals())\n"))()
        expected = {"F", "Window", "col", "when", "asc", "DataFrame", "SparkSession", "datetime", "json", "os", "StructType"}
        self.assertLessEqual(expected, set(names))
        self.assertEqual(set(names), set(cluster_namespace()))
        self.assertNotIn("spark", names)
        self.assertNotIn("f", names)

    def test_is_new_for_each_function(self):
        rebuild_function(step_of("def f():\n    global left\n    left = 1\n"))()
        failure = self.failure("def g():\n    return left\n")
        self.assertIn("NameError: name 'left' is not defined", failure["message"])

    def test_fails_at_the_line_and_columns_of_the_file(self):
        failure = self.failure("    def f(a):\n        é = '😀'; return é + missing\n", 40, 1)
        self.assertEqual(self.place(failure), (41, 29, 41, 36) if COLUMNS_KNOWN else (41,))
        self.assertEqual(failure["position"]["fileName"], "/project/definitions.py")

    def test_an_indented_function_on_the_first_line(self):
        self.assertEqual(rebuild_function(step_of("\tdef f(a):\n\t\treturn a + 1\n", 1))(1), 2)

    def test_loses_defaults_keyword_defaults_and_closures(self):
        self.assertIn("missing 1 required positional argument: 'n'", self.failure("def f(a, n=3):\n    return n\n", 1, 1)["message"])
        self.assertIn("missing 1 required keyword-only argument: 'n'", self.failure("def f(a, *, n=3):\n    return n\n", 1, 1)["message"])
        self.assertEqual(rebuild_function(step_of("def f(*all):\n    return len(all)\n"))(1, 2, 3), 3)

    def test_cannot_call_itself(self):
        self.assertIn("name 'f' is not defined", self.failure("def f(a):\n    return f(a)\n", 1, 1)["message"])

    def test_points_at_the_part_of_a_chain_that_failed(self):
        source = "def f(text):\n    return (text.strip()\n        .upper()\n        .index('nope'))\n"
        failure = self.failure(source, 10, " a ")
        self.assertEqual(self.place(failure), (13, 9, 13, 22) if COLUMNS_KNOWN else (failure["position"]["line"],))

    def test_a_syntax_error_is_in_the_file_too(self):
        step = step_of("    def f(a):\n        return (a\n", 70)
        with self.assertRaises(SyntaxError) as caught:
            rebuild_function(step)
        position = describe_failure(caught.exception, "analyse", step)["position"]
        self.assertIn(position["line"], (71, 72))

    def test_tracebacks_print_what_ran_and_not_what_is_saved(self):
        step = step_of("def f():\n    raise KeyError('unsaved')\n", 5)
        try:
            rebuild_function(step)()
        except KeyError:
            self.assertIn("    raise KeyError('unsaved')", traceback.format_exc())

    def test_a_text_without_the_function(self):
        step = step_of("def f():\n    pass\n")._replace(function_name="g")
        with self.assertRaises(LookupError):
            rebuild_function(step)
