"""Entities, features, labels and training sets, by class and by dictionary."""

import featureform as ff
from dataframe_transformations import average_by_dataframe
from providers import redis, spark
from sources import customers, transactions
from sql_transformations import average_user_transaction


@ff.entity
class User:
    avg_transactions = ff.Feature(
        average_user_transaction[["user_id", "avg_transaction_amt"]],
        variant="quickstart",
        type=ff.Float32,
        inference_store=redis,
    )
    balance = ff.Feature(
        transactions[["CustomerID", "CustAccountBalance", "Timestamp"]],
        variant="v1",
        type=ff.Float64,
        inference_store="redis",
        tags=["money"],
        properties={"currency": "INR"},
    )
    age = ff.Variants(
        {
            "v1": ff.Feature(customers[["id", "age"]], type=ff.Int, inference_store=redis),
            "v2": ff.Feature(customers[["id", "age"]], type=ff.Int64, inference_store=redis),
        }
    )
    fraudulent = ff.Label(
        transactions[["CustomerID", "IsFraud", "Timestamp"]],
        variant="quickstart",
        type=ff.Bool,
    )


user = ff.register_entity("user")

by_dictionary = average_by_dataframe.register_resources(
    entity=user,
    entity_column="CustomerID",
    inference_store=redis,
    features=[
        {"name": "average_amount", "variant": "v1", "column": "average_user_transaction", "type": "float32"},
    ],
)

ff.register_training_set(
    "fraud_training",
    "quickstart",
    label=("fraudulent", "quickstart"),
    features=[("avg_transactions", "quickstart"), User.balance, {"name": "age", "variant": "v2"}],
)

spark.register_training_set(
    name="fraud_by_provider",
    variant="v1",
    label=("fraudulent", "quickstart"),
    features=[("avg_transactions", "quickstart")],
)
