"""Spark on EMR with S3, and the online stores, as they are registered today."""

import os

import featureform as ff

aws = ff.AWSStaticCredentials(
    access_key=os.getenv("AWS_ACCESS_KEY_ID"),
    secret_key=os.getenv("AWS_SECRET_ACCESS_KEY"),
)

s3 = ff.register_s3(
    name="s3",
    credentials=aws,
    bucket_region="us-east-2",
    bucket_name="example-bucket",
    path="featureform-files",
    description="Everything that Featureform writes",
    team="data",
    tags=["s3"],
    properties={"owner": "data"},
)

emr = ff.EMRCredentials(
    emr_cluster_id="j-ABCDEFGHIJKLM",
    emr_cluster_region="us-east-1",
    credentials=aws,
)

spark = ff.register_spark(
    name="spark",
    executor=emr,
    filestore=s3,
    description="Spark on EMR",
    team="data",
    tags=["spark"],
    properties={"tier": "gold"},
)

assumed = ff.register_s3(
    name="s3-role",
    credentials=ff.AWSAssumeRoleCredentials(),
    bucket_region="us-east-2",
    bucket_name="other-bucket",
)

lake = ff.register_spark(
    name="spark-glue",
    executor=ff.EMRCredentials("j-ABCDEFGHIJKLM", "us-east-1", ff.AWSAssumeRoleCredentials()),
    filestore=assumed,
    catalog=ff.GlueCatalog(
        region="us-east-1",
        database="features",
        warehouse="s3://other-bucket/warehouse",
        table_format=ff.TableFormat.ICEBERG,
    ),
)

redis = ff.register_redis(name="redis", host="quickstart-redis", port=6379, db=0, password=os.getenv("REDIS_PASSWORD"))

dynamodb = ff.register_dynamodb(name="dynamodb", credentials=aws, region="us-east-1")

ff.register_user("data").make_default_owner()
