"""Orders of a shop: the definitions that are right."""

import os

import featureform as ff

credentials = ff.AWSStaticCredentials(
    access_key=os.environ.get("AWS_ACCESS_KEY_ID", ""),
    secret_key=os.environ.get("AWS_SECRET_ACCESS_KEY", ""),
)
store = ff.register_s3(
    name="shop-store",
    credentials=credentials,
    bucket_name="shop",
    bucket_region="us-east-1",
)
spark = ff.register_spark(
    name="shop-spark",
    executor=ff.EMRCredentials("j-SHOP", "us-east-1", credentials),
    filestore=store,
)

orders = spark.register_file(
    name="orders",
    variant="v1",
    file_path="s3://shop/orders.csv",
    description="One row for each order.",
)


@spark.sql_transformation(name="daily_orders", variant="v1")
def daily_orders():
    """Orders and revenue of each customer on each day."""
    return """
        SELECT customer_id, to_date(ordered_at) AS day, count(*) AS orders, sum(amount) AS revenue
        FROM {{orders.v1}}
        GROUP BY customer_id, to_date(ordered_at)
    """


@spark.df_transformation(name="busy_days", variant="v1", inputs=[("daily_orders", "v1")])
def busy_days(daily):
    """The days on which a customer ordered twice or more."""
    return daily.filter(daily["orders"] >= 2)
