"""Steps on a real Spark."""

import datetime
import glob
import os
import unittest
from unittest import mock

from support import Folder, csv_input, frame_step, parquet_input, plan_of, spark, sql_step
import storage
from manifest import Record
from spark_session import is_alive
from steps import StepRun

CITIES = "id,city,founded\n1,Reno,1868\n2,Waco,1849\n3,Flint,1819\n"


class StepsTest(unittest.TestCase):
    def setUp(self):
        self.folder = Folder(self)
        self.cities = csv_input("cities.v1", "source_0", self.folder.write("cities.csv", CITIES))

    def run_plan(self, plan):
        events = []
        record = Record("r", plan.target, [step.id for step in plan.steps])
        state, failure = StepRun(plan, self.folder.path, "group-" + self.id(), spark(), events.append).run(record)
        self.events = events
        return record.close(state, failure)

    def run_steps(self, *steps, **changes):
        inputs = changes.pop("inputs", [self.cities])
        manifest = self.run_plan(plan_of(inputs, list(steps), **changes))
        self.assertEqual(manifest["state"], "succeeded", manifest.get("error"))
        return manifest["steps"]

    def rows(self, result):
        return [tuple(row) for row in spark().read.parquet(glob.escape(result["location"])).collect()]

    def test_reads_csv_as_strings_and_writes_the_layout_of_featureform(self):
        (result,) = self.run_steps(sql_step("old.v1", "source_1", ["cities.v1"], "SELECT id, founded FROM source_0 WHERE founded < 1850"))
        self.assertEqual(result["rows"], 2)
        self.assertEqual(
            result["columns"],
            [{"name": "id", "type": "string", "nullable": True}, {"name": "founded", "type": "string", "nullable": True}],
        )
        self.assertEqual(sorted(self.rows(result)), [("2", "1849"), ("3", "1819")])
        relative = os.path.relpath(result["location"], self.folder.path).split(os.sep)
        self.assertEqual(relative[:4], ["featureform", "Transformation", "old", "v1"])
        datetime.datetime.strptime(relative[4], "%Y-%m-%d-%H-%M-%S-%f")
        self.assertTrue(glob.glob(os.path.join(result["location"], "part-*.snappy.parquet")))

    def test_limits_the_target_and_no_other_step(self):
        first, second = self.run_steps(
            sql_step("all.v1", "source_1", ["cities.v1"], "SELECT * FROM source_0"),
            sql_step("few.v1", "source_2", ["all.v1"], "SELECT * FROM source_1"),
            limit=2,
        )
        self.assertEqual((first["rows"], second["rows"]), (3, 2))

    def test_passes_inputs_by_position_as_often_as_they_are_named(self):
        source = "def f(a, b):\n    return a.join(b.withColumnRenamed('city', 'other'), 'id').select('city', 'other')\n"
        (result,) = self.run_steps(frame_step("both.v1", "source_1", ["cities.v1", "cities.v1"], source))
        self.assertEqual(sorted(self.rows(result))[0], ("Flint", "Flint"))

    def test_reads_folders_below_folders_whatever_their_names_are(self):
        for part in ("2024 [a]/x", "2025 {b}/y"):
            self.folder.write("data *[1]/%s/cities.csv" % part, CITIES)
        inputs = [csv_input("cities.v1", "source_0", os.path.join(self.folder.path, "data *[1]"))]
        (result,) = self.run_steps(sql_step("n.v1", "source_1", ["cities.v1"], "SELECT count(*) AS n FROM source_0"), inputs=inputs)
        self.assertEqual(self.rows(result), [(6,)])

    def test_counts_rows_of_many_files(self):
        with mock.patch.object(storage, "FOOTERS_READ_SINGLY", 1):
            (result,) = self.run_steps(frame_step("wide.v1", "source_1", ["cities.v1"], "def f(a):\n    return a.repartition(3)\n"))
        self.assertGreater(len(glob.glob(os.path.join(result["location"], "*.parquet"))), 1)
        self.assertEqual(result["rows"], 3)

    def test_steps_share_no_settings_views_or_functions(self):
        source = (
            "def f(a):\n    spark = SparkSession.builder.getOrCreate()\n    spark.conf.set('spark.sql.caseSensitive', 'true')\n"
            "    a.createOrReplaceTempView('left_over')\n    spark.udf.register('left', lambda x: x)\n"
            "    assert spark.table('left_over').count() == 3\n    return spark.table('source_0')\n"
        )
        first, second = self.run_steps(
            frame_step("sets.v1", "source_1", ["cities.v1"], source),
            sql_step("unset.v1", "source_2", ["sets.v1"], "SELECT CITY FROM source_1"),
        )
        self.assertEqual(sorted(self.rows(second)), [("Flint",), ("Reno",), ("Waco",)])
        manifest = self.run_plan(plan_of([self.cities], [sql_step("gone.v1", "source_1", ["cities.v1"], "SELECT * FROM left_over")]))
        self.assertRegex(manifest["error"]["message"], "(?i)table or view.* (cannot be|not) found")

    def test_writes_timestamps_in_milliseconds_like_featureform(self):
        (result,) = self.run_steps(
            sql_step("t.v1", "source_1", ["cities.v1"], "SELECT TIMESTAMP '2024-01-02 03:04:05.123456' AS t FROM source_0 LIMIT 1")
        )
        self.assertEqual(self.rows(result)[0][0].microsecond, 123000)

    def test_a_failed_step_ends_the_run_and_leaves_nothing_half_written(self):
        manifest = self.run_plan(
            plan_of(
                [self.cities],
                [
                    sql_step("good.v1", "source_1", ["cities.v1"], "SELECT * FROM source_0"),
                    frame_step("bad.v1", "source_2", ["good.v1"], "def f(a):\n    return a.select(F.udf(lambda x: 1 // 0)('id').alias('n'))\n"),
                    sql_step("never.v1", "source_3", ["bad.v1"], "SELECT * FROM source_2"),
                ],
            )
        )
        self.assertEqual([step["state"] for step in manifest["steps"]], ["succeeded", "failed", "skipped"])
        self.assertEqual(manifest["error"]["step"], "bad.v1")
        self.assertEqual(manifest["error"]["phase"], "execute", manifest["error"])
        self.assertEqual(glob.glob(os.path.join(self.folder.path, "featureform/Transformation/bad/v1/*")), [])
        self.assertEqual([event["event"] for event in self.events if event["event"] != "stepProgress"], ["stepStarted", "stepFinished"] * 2)

    def test_what_user_code_raises_to_leave_is_a_failure_too(self):
        for statement, name in (("raise SystemExit(3)", "SystemExit"), ("raise KeyboardInterrupt", "KeyboardInterrupt")):
            manifest = self.run_plan(plan_of([self.cities], [frame_step("exit.v1", "source_1", ["cities.v1"], "def f(a):\n    %s\n" % statement)]))
            self.assertEqual((manifest["state"], manifest["error"]["errorClass"]), ("failed", name))

    def test_a_result_that_cannot_be_written_fails_in_writing(self):
        manifest = self.run_plan(
            plan_of([self.cities], [sql_step("twice.v1", "source_1", ["cities.v1"], "SELECT id, id FROM source_0")])
        )
        self.assertEqual((manifest["error"]["phase"], manifest["error"]["errorClass"]), ("write", "AnalysisException"))
        self.assertRegex(manifest["error"]["message"], r"(?i)column.*`id`")

    def test_refuses_what_it_cannot_read_before_anything_runs(self):
        expectations = [
            (dict(self.cities, format="delta", location="db.t"), "cities.v1 is a Delta table (db.t). Only parquet and CSV files can be read."),
            (dict(self.cities, format="iceberg", location="db.t"), "cities.v1 is an Iceberg table (db.t). Only parquet and CSV files can be read."),
            (dict(self.cities, localPath="data/cities.csv"), "cities.v1: the local path data/cities.csv is not absolute."),
            (
                {key: value for key, value in self.cities.items() if key != "localPath"},
                'cities.v1 is at s3://bucket/source_0, which has no local copy. Map the location in sparkform.json under "locations".',
            ),
        ]
        for one, message in expectations:
            manifest = self.run_plan(plan_of([one], [sql_step("x.v1", "source_1", ["cities.v1"], "SELECT 1")]))
            self.assertEqual((manifest["error"]["phase"], manifest["error"]["message"]), ("input", message))
            self.assertEqual(self.events, [])

    def test_an_input_that_is_no_parquet_fails_at_the_input(self):
        broken = parquet_input("cities.v1", "source_0", self.cities["localPath"])
        manifest = self.run_plan(plan_of([broken], [sql_step("x.v1", "source_1", ["cities.v1"], "SELECT 1")]))
        error = manifest["error"]
        self.assertEqual((error["phase"], error["step"]), ("input", "cities.v1"))
        # The words after the place are Spark's, and differ from version to version.
        self.assertRegex(error["message"], r"^cities\.v1 \(.*/cities\.csv\): .*Parquet")


class StoppedSparkTest(unittest.TestCase):
    def test_is_noticed_and_started_again(self):
        session = spark()
        self.assertTrue(is_alive(session))
        session.stop()
        self.assertFalse(is_alive(session))
        self.assertEqual(spark().range(3).count(), 3)
