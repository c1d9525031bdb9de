"""Where the data is and what computes on it."""

import featureform as ff

role = ff.AWSAssumeRoleCredentials()

s3 = ff.register_s3(
    name="demo-bucket",
    credentials=role,
    bucket_region="us-east-1",
    bucket_name="sparkform-demo",
    path="store",
)

spark = ff.register_spark(
    name="demo-spark",
    description="Spark on an EMR cluster",
    executor=ff.EMRCredentials(
        emr_cluster_id="j-1DEMO2DEMO3DE",
        emr_cluster_region="us-east-1",
        credentials=role,
    ),
    filestore=s3,
)

flights = spark.register_file(
    name="flights",
    variant="early_2001",
    description="Three million domestic flights of the first half of 2001, delays in minutes",
    file_path="s3://sparkform-demo/flights/flights-3m.parquet",
)

airports = spark.register_file(
    name="airports",
    variant="iata",
    description="Airports of the United States by their IATA code",
    file_path="s3://sparkform-demo/flights/airports.csv",
)
