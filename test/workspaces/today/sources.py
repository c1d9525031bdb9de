"""Primary data of each kind, in the forms that real files have."""

import featureform as ff
from providers import lake, spark

VERSION = "2024_06"

transactions = spark.register_file(
    name="transactions",
    variant="kaggle",
    owner="data",
    description="Fraud data from Kaggle",
    file_path="s3://example-bucket/data/transactions.csv",
)

customers = spark.register_parquet_file(
    name="customers",
    variant="v1",
    file_path="s3a://example-bucket/data/customers",
)

refunds = spark.register_file(name=f"refunds_{VERSION}", variant=VERSION, file_path="s3://example-bucket/data/refunds.parquet")

orders = lake.register_iceberg_table(name="orders", variant="v1", database="shop", table="orders")

items = lake.register_delta_table(
    name="items",
    variant="v1",
    database="shop",
    table="items",
    tags=["shop"],
    properties={"source": "shop"},
)

clicks = spark.register_file(name="clicks", file_path="s3://example-bucket/data/clicks.parquet")

elsewhere = ff.get_source("elsewhere", "v3")
