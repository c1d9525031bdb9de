"""Definitions that only a run finds to be wrong."""

from definitions import spark


@spark.sql_transformation(name="unknown_column", variant="v1")
def unknown_column():
    return "SELECT order_id, prize FROM {{orders.v1}}"


@spark.df_transformation(name="raises", variant="v1", inputs=[("orders", "v1")])
def raises(orders):
    rates = {"EUR": 1.0}
    rate = rates["USD"]
    return orders.withColumn("rate", orders["amount"] * rate)
