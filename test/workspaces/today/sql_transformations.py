"""Every form of SQL transformation that is right today."""

import textwrap

import featureform as ff
from providers import spark
from sources import customers, transactions

THRESHOLD = 100


@spark.sql_transformation(variant="quickstart")
def average_user_transaction():
    """the average transaction amount for a user """
    return "SELECT CustomerID as user_id, avg(TransactionAmount) " \
        "as avg_transaction_amt from {{transactions.kaggle}} GROUP BY user_id"


@spark.sql_transformation(variant="v1", name="max_amount", owner="data", description="The largest", schedule="0 * * * *", tags=["max"])
def any_function_name():
    return """
        SELECT CustomerID AS user_id, max(TransactionAmount) AS max_amount
        FROM {{ transactions.kaggle }}
        WHERE TransactionAmount > 0 -- refunds are negative
        GROUP BY user_id
    """


@spark.sql_transformation("v2")
def positional_variant():
    return f"SELECT * FROM {{{{transactions.kaggle}}}} WHERE TransactionAmount > {THRESHOLD}"


@spark.sql_transformation(variant="v1")
def dedented():
    return textwrap.dedent(
        """
        SELECT {{customers.v1}}.id, {{max_amount.v1}}.max_amount
        FROM {{customers.v1}}
        LEFT JOIN {{max_amount.v1}} ON {{customers.v1}}.id = {{max_amount.v1}}.user_id
        """
    ).strip()


@spark.sql_transformation(inputs=[transactions, ("customers", "v1")], variant="v1")
def with_inputs(tx, c):
    return "SELECT * FROM {{ tx }} JOIN {{c}} ON {{tx}}.CustomerID = {{c}}.id JOIN {{max_amount.v1}} m ON m.user_id = {{c}}.id"


@spark.sql_transformation(inputs=[average_user_transaction], variant="v1")
def of_a_transformation(averages):
    return "SELECT count(*) AS n, '{\"json\": {\"is\": 1}}' AS j FROM {{averages}}"


@spark.sql_transformation()
def run_of_the_moment():
    return "SELECT * FROM {{clicks}}"


@spark.sql_transformation()
def run_of_a_run():
    return "SELECT * FROM {{run_of_the_moment}} WHERE ts > FF_LAST_RUN_TIMESTAMP"


@spark.sql_transformation(inputs=[customers], variant="v1", max_job_duration=None)
def angled(c):
    return "SELECT user_id FROM <<max_amount.v1>> EXCEPT SELECT id FROM {{c}}"


@ff.sql_transformation(provider=spark, variant="v1")
def at_module_level():
    return "SELECT * FROM {{elsewhere.v3}}"


def build(name):
    @spark.sql_transformation(name=f"counts_of_{name}", variant="v1")
    def counts():
        return f"SELECT count(*) AS n FROM {{{{{name}.v1}}}}"

    return counts


build("customers")
