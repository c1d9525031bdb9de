"""Steps on a real Spark."""

import datetime
import glob
import os
import sys
import unittest
from unittest import mock

from support import Folder, csv_input, frame_step, parquet_input, plan_of, spark, sql_step
import storage
from manifest import Record
from process_state import ProcessState
from spark_session import forget_leftovers, is_alive
from steps import StepRun

CITIES = "id,city,founded\n1,Reno,1868\n2,Waco,1849\n3,Flint,1819\n"


class StepsTest(unittest.TestCase):
    def setUp(self):
        self.folder = Folder(self)
        self.cities = csv_input("cities.v1", "source_0", self.folder.write("cities.csv", CITIES))

    def run_plan(self, plan):
        events = []
        record = Record("r", plan.target, [step.id for step in plan.steps])
        state, failure = StepRun(plan, self.folder.path, "group-" + self.id(), spark(), events.append, ProcessState()).run(record)
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

    def test_a_query_with_variables_is_not_pointed_into_wrongly(self):
        def place(query):
            plan = plan_of([self.cities], [sql_step("v.v1", "source_1", ["cities.v1"], query)])
            position = self.run_plan(plan)["error"].get("position")
            return None if position is None else query[position["start"] : position["end"]]

        self.assertEqual(place("SELECT '${spark.app.name}' AS a, nope FROM source_0"), "nope")
        self.assertIsNone(place("SELECT '${spark.app.name}' AS a, nope + nope FROM source_0"))
        self.assertEqual(place("SELECT '${spark.app.name}' AS a FROM source_0 s WHERE WHERE b 3"), "b")
        self.assertEqual(place("SELECT city, count(*) AS n FROM source_0 GROUP BY id"), "city")

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


class LazyFailureTest(unittest.TestCase):
    """What fails when the result is computed is on the call that made it, though Python has left the function by then."""

    def setUp(self):
        self.folder = Folder(self)
        self.numbers = csv_input("n.v1", "source_0", self.folder.write("n.csv", "a,b,t\n1,0,x\n"))

    def fail_in(self, body, ansi=True):
        source = "def f(df):\n" + "".join("    %s\n" % line for line in body)
        if ansi:
            source = source.replace("def f(df):\n", "def f(df):\n    SparkSession.builder.getOrCreate().conf.set('spark.sql.ansi.enabled', 'true')\n")
        plan = plan_of([self.numbers], [frame_step("f.v1", "source_1", ["n.v1"], source)])
        state, failure = StepRun(plan, self.folder.path, "lazy", spark(), lambda _: None, ProcessState()).run(Record("r", plan.target, ["f.v1"]))
        self.assertEqual(state, "failed")
        position = failure["position"]
        lines = source.split("\n")
        if "character" not in position:
            self.assertLess(sys.version_info, (3, 11))
            return failure, lines[position["line"] - 1].strip()
        self.assertEqual(position["line"], position["endLine"])
        return failure, lines[position["line"] - 1][position["character"] : position["endCharacter"]]

    def found(self, body, place):
        failure, at = self.fail_in(body)
        if sys.version_info >= (3, 11):
            self.assertEqual(at, place)
        else:
            self.assertIn(place, at)
        return failure

    def test_an_operator_of_columns(self):
        body = ["d = df.withColumn('n', F.length('t'))", "d = d.withColumn('q', F.lit(1) / (d.n - d.n))", "return d.select('a', 'q')"]
        self.assertEqual(self.found(body, "F.lit(1) / (d.n - d.n)")["condition"], "DIVIDE_BY_ZERO")

    def test_a_method_a_helper_and_a_loop(self):
        self.found(["return df.select(F.col('t').cast('int'))"], "cast('int')")
        self.found(["def ratio(x, y):", "    return x / y", "return df.select(ratio(F.lit(1), F.col('b').cast('int')).alias('r'))"], "x / y")
        self.found(["for k in range(3):", "    df = df.withColumn('c%d' % k, F.lit(2 ** 62) * (4 if k == 2 else 1))", "return df"], "F.lit(2 ** 62) * (4 if k == 2 else 1)")

    def test_a_text_of_sql_inside_the_function(self):
        self.found(["return df.selectExpr('a', '1 / int(b) AS q')"], "1 / int(b)")
        self.found(["df.createOrReplaceTempView('n')", "return SparkSession.builder.getOrCreate().sql('SELECT 1 / int(b) AS q FROM n')"], "1 / int(b)")
        self.found(["return df.where(\"t = 'y' OR nope = 1\")"], "nope")
        self.found(["return df.where('a = = 1')"], "=")

    def test_a_column_that_was_made_earlier(self):
        self.found(["c = F.col('nope') + 1", "return df.select('a').select(c)"], "'nope'")

    def test_words_of_the_users_own(self):
        failure, at = self.fail_in(["return df.withColumn('q', F.raise_error(F.lit('my own words')).cast('string'))"])
        self.assertEqual((failure["message"], at), ("my own words", "'my own words'"))

    def test_a_result_that_cannot_be_written(self):
        failure, at = self.fail_in(["d = df", "return d.select('a', 'a')"])
        self.assertEqual((failure["phase"], at), ("write", "d.select('a', 'a')"))

    def test_leaves_no_origin_behind(self):
        self.found(["return df.select(F.col('t').cast('int'))"], "cast('int')")
        origin = spark()._jvm.org.apache.spark.sql.catalyst.trees.CurrentOrigin.get()
        self.assertTrue(origin.objectType().isEmpty())
        self.assertNotIn("send_command", spark().sparkContext._gateway._gateway_client.__dict__)


class SharedProcessTest(unittest.TestCase):
    def setUp(self):
        self.folder = Folder(self)
        self.cities = csv_input("cities.v1", "source_0", self.folder.write("cities.csv", CITIES))

    def run_step(self, source, process, view="source_1"):
        plan = plan_of([self.cities], [frame_step("f.v1", view, ["cities.v1"], source)])
        return StepRun(plan, self.folder.path, "shared", spark(), lambda _: None, process).run(Record("r", plan.target, ["f.v1"]))

    def test_a_step_finds_the_process_as_the_first_one_did(self):
        home = os.getcwd()
        self.addCleanup(os.chdir, home)
        work = os.path.join(self.folder.path, "work")
        os.makedirs(work)
        os.chdir(work)
        process = ProcessState()
        changes = "def f(df):\n    os.environ['LEFT'] = '1'\n    sys.path.insert(0, '/left')\n    os.rmdir(os.getcwd())\n    os.chdir('/')\n    return df\n"
        self.assertEqual(self.run_step(changes, process)[0], "succeeded")
        looks = "def f(df):\n    assert 'LEFT' not in os.environ and '/left' not in sys.path\n    assert os.getcwd() == %r, os.getcwd()\n    return df\n"
        self.assertEqual(self.run_step(looks % work, process), ("succeeded", None))

    def test_a_run_finds_nothing_of_the_one_before(self):
        leaves = (
            "def f(df):\n    df.write.saveAsTable('left_table')\n    df.createGlobalTempView('left_view')\n    df.cache().count()\n"
            "    SparkSession.builder.getOrCreate().sql('CREATE DATABASE left_database')\n    return df\n"
        )
        for _ in range(2):
            self.assertEqual(self.run_step(leaves, ProcessState()), ("succeeded", None))
            forget_leftovers(spark())
        self.assertEqual(spark().catalog.listTables(), [])
        self.assertEqual([one.name for one in spark().catalog.listDatabases()], ["default"])

    def test_a_function_that_stops_spark_is_told(self):
        source = "def f(df):\n    s = SparkSession.builder.getOrCreate()\n    s.stop()\n    return df\n"
        state, failure = self.run_step(source, ProcessState())
        self.assertEqual((state, failure["errorClass"], failure["message"]), ("failed", "SparkStopped", "f.v1 stopped Spark."))
        self.assertEqual((failure["position"]["line"], failure["position"]["character"]), (3, 4))


class StoppedSparkTest(unittest.TestCase):
    def test_is_noticed_and_started_again(self):
        session = spark()
        self.assertTrue(is_alive(session))
        session.stop()
        self.assertFalse(is_alive(session))
        self.assertEqual(spark().range(3).count(), 3)
