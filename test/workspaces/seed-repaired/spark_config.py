import featureform as ff

ff.register_snowflake(
    name = "spark_offline_store"
    description = "A spark provider that can create transformations and training sets",
    team = "featureform data team",
    emr_cluster_id = "j-ExampleCluster",
    bucket_path = "example-bucket-path", #excluding the "S3://" prefix
    emr_cluster_region = "us-east-1",
    bucket_region = "us-east-2",
    aws_access_key_id = "<access-key-id>",
    aws_secret_access_key = "<aws-secret-access-key>",
    ):
