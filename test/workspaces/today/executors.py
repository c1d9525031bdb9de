"""The other executors, file stores and online stores."""

import os

import featureform as ff

databricks = ff.register_spark(
    name="databricks",
    executor=ff.DatabricksCredentials(
        host=os.getenv("DATABRICKS_HOST"),
        token=os.getenv("DATABRICKS_TOKEN"),
        cluster_id=os.getenv("DATABRICKS_CLUSTER"),
    ),
    filestore=ff.register_blob_store(
        name="azure",
        account_name=os.environ["AZURE_ACCOUNT_NAME"],
        account_key=os.environ["AZURE_ACCOUNT_KEY"],
        container_name="features",
        root_path="featureform",
    ),
)

gcs = ff.register_gcs(
    name="gcs",
    bucket_name="example-gcs-bucket",
    root_path="featureform",
    credentials=ff.GCPCredentials(project_id="example-project", credentials_path="service-account.json"),
)

yarn = ff.register_spark(
    name="yarn",
    executor=ff.SparkCredentials(
        master="yarn",
        deploy_mode="cluster",
        python_version="3.9.16",
        core_site_path="core-site.xml",
        yarn_site_path="yarn-site.xml",
    ),
    filestore=ff.register_hdfs(name="hdfs", host="namenode", port="9000", path="featureform"),
)

standalone = ff.register_spark(
    name="standalone",
    executor=ff.SparkCredentials(master="spark://master:7077", deploy_mode="client", python_version="3.10"),
    filestore=gcs,
)

postgres = ff.register_postgres(
    name="postgres",
    host="localhost",
    port="5432",
    user="postgres",
    password=os.getenv("POSTGRES_PASSWORD"),
    database="postgres",
)

accounts = postgres.register_table(name="accounts", variant="v1", table="accounts", description="A table of Postgres")


@postgres.sql_transformation(variant="v1")
def open_accounts():
    return 'SELECT "id", "user" FROM {{accounts.v1}} WHERE NOT "closed"'


client = ff.Client(host="featureform.example.com")
deployed = client.get_spark("deployed")
also_deployed = ff.get_spark("deployed")


@deployed.sql_transformation(inputs=[ff.get_source("elsewhere", "v3")], variant="v1", schedule="0 0 * * *")
def on_the_deployed_provider(source):
    """The docstring is the description"""
    return "SELECT * FROM {{ source }}"


@also_deployed.df_transformation(inputs=[ff.get_source("elsewhere", "v3"), on_the_deployed_provider], variant="v1")
def of_both(source, transformed):
    return source.unionByName(transformed, allowMissingColumns=True)


client.apply()
frame = client.dataframe("on_the_deployed_provider", "v1")
