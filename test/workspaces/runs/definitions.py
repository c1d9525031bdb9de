"""One run for everything, chosen by the file."""

import featureform as ff

ff.set_run("march")

spark = ff.get_spark("spark")
redis = ff.get_redis("redis")

events = ff.get_source("events", "march")


@spark.sql_transformation()
def daily():
    return "SELECT user, day, count(*) AS n FROM {{events}} GROUP BY user, day"


@spark.sql_transformation()
def weekly():
    return "SELECT user, sum(n) AS n FROM {{daily.march}} GROUP BY user"


@spark.df_transformation(inputs=["daily", ("weekly", "march")])
def joined(days, weeks):
    return days.join(weeks, "user")


@ff.entity
class User:
    n = ff.Feature(weekly[["user", "n"]], type=ff.Int64, inference_store=redis)
    label = ff.Label(joined[["user", "n"]], type=ff.Int64)


ff.register_training_set("weeks", features=["n"], label="label")
