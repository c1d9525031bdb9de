@spark.df_transformation(
    inputs=[("transactions", "kaggle")], 
    variant="default")
def average_user_transaction(df):
    from pyspark.sql.functions import avg
    df.groupBy("CustomerID") \
        .agg(avg("TransactionAmount")
        .alias("average_user_transaction"))
    return df
