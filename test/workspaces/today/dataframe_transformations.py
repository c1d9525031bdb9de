"""Every form of DataFrame transformation that is right today."""

from providers import spark
from sources import customers, refunds, transactions
from sql_transformations import average_user_transaction


@spark.df_transformation(inputs=[("transactions", "kaggle")], variant="default")
def average_by_dataframe(df):
    from pyspark.sql.functions import avg

    df = df.groupBy("CustomerID").agg(avg("TransactionAmount").alias("average_user_transaction"))
    return df


@spark.df_transformation(inputs=[transactions, customers, average_user_transaction], variant="v1")
def joined(tx, people, averages):
    """Objects as inputs."""
    from pyspark.sql import functions as F
    from pyspark.sql.window import Window as W

    def rank(column):
        return F.row_number().over(W.partitionBy(column).orderBy("Timestamp"))

    result = tx.join(people, tx["CustomerID"] == people["id"], "left")
    for name in [each for each in result.columns if each.startswith("raw_")]:
        result = result.drop(name)
    result = result.withColumn("rank", rank("CustomerID")).filter(F.col("rank") == 1)
    result.cache()
    return result.join(averages, "user_id") if result.count() > 0 else result


@spark.df_transformation(inputs=["clicks"])
def run_of_the_moment_df(df):
    return df


@spark.df_transformation(inputs=[("clicks", ""), transactions], variant="v1")
def starred(*frames):
    first, second = frames
    return first.union(second)


@spark.df_transformation(inputs=[refunds], variant="v1", name="refunds_by_day", owner="data", tags=[], properties={})
def refunds_of_a_day(df):
    import datetime as dt

    try:
        day = dt.date.today()
    except ValueError as error:
        raise RuntimeError(str(error)) from error
    if (rows := df.filter(df["day"] == str(day))).isEmpty():
        return df.limit(0)
    return rows
