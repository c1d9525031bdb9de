"""Definitions inside functions, fixtures and steps, with names that only the run time knows."""

import os
import random

import featureform as ff
import pytest
from behave import when

VERSION = os.getenv("VERSION", "local")


@pytest.fixture
def spark():
    return ff.register_spark(**options())


@when('I register "{name}" of type "{kind}"')
def step_impl(context, name, kind):
    transactions = context.spark.register_file(
        name=f"transactions_{VERSION}",
        variant=context.variant,
        file_path=context.path,
    )
    if kind == "sql":

        @context.spark.sql_transformation(name=name, inputs=[transactions], variant=f"v_{random.randint(0, 9)}")
        def transformation(tx):
            return "select * from {{ tx }}"

    else:

        @context.spark.df_transformation(name=name, inputs=[context.transactions, (f"transactions_{VERSION}", context.variant)])
        def transformation(df, other):
            return df.union(other)

    context.transformation = transformation


@when("I use the transactions")
def use(context):
    @context.spark.sql_transformation(variant=context.variant)
    def by_format():
        return "SELECT * FROM {{{{transactions_{}.{}}}}}".format(VERSION, context.variant)

    @context.spark.sql_transformation(variant=context.variant)
    def by_percent():
        return "SELECT * FROM {{transactions_%s.%s}}" % (VERSION, context.variant)

    @context.spark.sql_transformation(variant=context.variant)
    def by_concatenation():
        return "SELECT * FROM {{transactions_" + VERSION + "." + context.variant + "}}"

    @context.spark.sql_transformation(variant=context.variant)
    def constant_that_could_match():
        return "SELECT * FROM {{transactions_1.v1}}"

    for name in ["a", "b"]:

        @context.spark.sql_transformation(name=f"loop_{name}", variant="v1")
        def in_a_loop():
            return f"SELECT * FROM {{{{transactions_{VERSION}.{context.variant}}}}} WHERE x = '{name}'"

    @context.spark.sql_transformation(name="after_the_loop", variant="v1")
    def after_the_loop():
        return "SELECT * FROM {{loop_a.v1}} UNION ALL SELECT * FROM {{loop_b.v1}}"


class TestDefinitions:
    @pytest.mark.parametrize("variant", ["v1", "v2"])
    def test_something(self, spark, variant):
        @spark.df_transformation(inputs=[("loop_a", "v1")], variant=variant)
        def of_a_fixture(df):
            from pyspark.sql import functions as functions

            return df.select(functions.col("x"))

        assert of_a_fixture.name_variant() == ("of_a_fixture", variant)
