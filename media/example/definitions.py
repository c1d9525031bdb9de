"""A small chain of Featureform definitions: rides -> daily_rides -> busy_days.

Click "Run" above a function to run it on the local Spark; the result opens beside this file.
"""

import os

import featureform as ff

credentials = ff.AWSStaticCredentials(
    access_key=os.environ.get("AWS_ACCESS_KEY_ID", ""),
    secret_key=os.environ.get("AWS_SECRET_ACCESS_KEY", ""),
)

s3 = ff.register_s3(
    name="example-s3",
    credentials=credentials,
    bucket_name="sparkform-example",
    bucket_region="us-east-1",
)

spark = ff.register_spark(
    name="example-spark",
    executor=ff.EMRCredentials(
        emr_cluster_id="j-EXAMPLE",
        emr_cluster_region="us-east-1",
        credentials=credentials,
    ),
    filestore=s3,
)

# `sparkform.json` says which local file stands for this location in local runs.
rides = spark.register_file(
    name="rides",
    variant="v1",
    file_path="s3://sparkform-example/rides.csv",
)


@spark.sql_transformation(name="daily_rides", variant="v1")
def daily_rides():
    """Rides and distance of each rider on each day."""
    return """
        SELECT rider_id, to_date(started_at) AS day, count(*) AS rides, sum(distance_km) AS distance_km
        FROM {{rides.v1}}
        GROUP BY rider_id, to_date(started_at)
    """


@spark.df_transformation(name="busy_days", variant="v1", inputs=[("daily_rides", "v1")])
def busy_days(daily):
    """The days on which a rider rode at least twice."""
    from pyspark.sql import functions as F

    return daily.filter(F.col("rides") >= 2).withColumn("km_per_ride", F.round(F.col("distance_km") / F.col("rides"), 2))
