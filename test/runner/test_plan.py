import json
import unittest

from support import Folder, csv_input, frame_step, plan_json, sql_step
from plan import PlanError, load_plan, parse_plan


def changed(path, value):
    plan = plan_json([csv_input("a.v1", "source_0", "/a.csv")], [sql_step("b.v1", "source_1", ["a.v1"], "SELECT 1")])
    target = plan
    *parents, last = path.split(".")
    for key in parents:
        target = target[int(key) if key.isdigit() else key]
    target[last] = value
    return plan


class PlanTest(unittest.TestCase):
    def problem(self, value):
        with self.assertRaises(PlanError) as caught:
            parse_plan(value)
        return str(caught.exception)

    def test_gives_inputs_and_steps(self):
        inputs = [csv_input("a.v1", "source_0", "/a.csv")]
        steps = [sql_step("b.v1", "source_1", ["a.v1"], "SELECT 1"), frame_step("c.v1", "source_2", ["b.v1", "b.v1"], "def f(a, b): pass", 7)]
        plan = parse_plan(plan_json(inputs, steps, limit=3))
        self.assertEqual((plan.target, plan.limit, plan.engine), ("c.v1", 3, "local"))
        self.assertEqual(plan.inputs[0].local_path, "/a.csv")
        self.assertEqual(plan.steps[1].inputs, ("b.v1", "b.v1"))
        self.assertEqual(plan.steps[1].first_line, 7)

    def test_says_where_and_what(self):
        expectations = [
            (None, "the plan: expected an object, found nothing"),
            (changed("version", True), "version: expected 1, found true"),
            (changed("engine", "spark"), 'engine: expected "local" or "emr", found "spark"'),
            (changed("target", "z.v1"), 'target: expected the id of the last step, "b.v1", found "z.v1"'),
            (changed("steps", []), "steps: expected at least one step, found []"),
            (changed("limit", False), "limit: expected a whole number from 1 to 2147483647, found false"),
            (changed("limit", 0), "limit: expected a whole number from 1 to 2147483647, found 0"),
            (changed("inputs.0.view", "a b"), 'inputs[0].view: expected a name of letters, digits and underscores, found "a b"'),
            (changed("inputs.0.view", "a\n"), 'inputs[0].view: expected a name of letters, digits and underscores, found "a\\n"'),
            (changed("inputs.0.localPath", 5), "inputs[0].localPath: expected a text that is not empty, found 5"),
            (changed("steps.0.name", "../up"), 'steps[0].name: expected a name that can be a folder, found "../up"'),
            (changed("steps.0.variant", ".."), 'steps[0].variant: expected a name that can be a folder, found ".."'),
            (changed("steps.0.inputs", ["b.v1"]), 'steps[0].inputs: expected ids of inputs and of earlier steps, found "b.v1"'),
            (changed("steps.0.view", "source_0"), 'steps[0].view: expected a view that no other input or step has, found "source_0"'),
            (changed("steps.0.sql", None), "steps[0].sql: expected a text that is not empty, found nothing"),
        ]
        for value, expected in expectations:
            self.assertEqual(self.problem(value), expected)

    def test_bounds_the_line_of_a_function(self):
        step = frame_step("c.v1", "source_2", [], "def f(): pass", 10**9)
        self.assertIn("steps[0].firstLine: expected a whole number", self.problem(plan_json([], [step])))

    def test_survives_files_that_are_no_plans(self):
        folder = Folder(self)
        for text in ("", "{", "[" * 100_000, "\ud800".encode("utf-8", "replace").decode(), json.dumps({"version": 1})):
            with self.assertRaises(PlanError):
                load_plan(folder.write("plan.json", text))
        with self.assertRaises(PlanError):
            load_plan(folder.path)
