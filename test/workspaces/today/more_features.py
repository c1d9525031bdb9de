"""Embeddings, streams, on-demand features, models and queries given as text."""

import featureform as ff
from executors import open_accounts, postgres
from providers import dynamodb, redis, spark
from sources import clicks, customers

pinecone = ff.register_pinecone(name="pinecone", project_id="example", environment="us-east-1", api_key=open("key.txt").read())

ff.register_sql_transformation(
    name="adults",
    variant="v1",
    provider=spark,
    query="SELECT * FROM {{ customers.v1 }} WHERE age >= 18",
)


@ff.entity
class Page:
    vector = ff.Embedding(
        clicks[["page", "vector"]],
        dims=384,
        vector_db=pinecone,
        variant="v1",
    )
    visits = ff.Feature(clicks[["page", "visits", "ts"]], variant="v1", type=ff.Int64, inference_store=dynamodb)
    views = ff.Feature(
        clicks[["page", "views"]],
        type=ff.Int,
        inference_store=redis,
        description="In the variant of the run",
    )


@ff.entity
class Account:
    open = ff.Label(open_accounts[["id", "user"]], variant="v1", type=ff.String)


@ff.ondemand_feature(variant="v1")
def age_in_days(client, params, entities):
    return 365 * entities["age"]


ff.register_model("churn", tags=["model"])

people = ff.register_entity("person")

resources = customers.register_resources(
    entity="person",
    entity_column="id",
    inference_store="redis",
    features=[
        {"name": "height", "variant": "v1", "column": "height", "type": ff.Float64},
        {"name": "weight", "variant": "v1", "column": "weight", "type": "float64", "description": "In kilograms"},
    ],
    labels=[{"name": "churned", "variant": "v1", "column": "churned", "type": "bool"}],
    timestamp_column="updated",
)

resources.create_training_set(name="churn", variant="v1")

ff.register_training_set(name="by_resources", variant="v1", resources=[resources])
