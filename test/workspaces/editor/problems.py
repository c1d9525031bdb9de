"""Definitions with mistakes that the editor shows while they are typed."""

from definitions import spark


@spark.sql_transformation(name="misspelt", variant="v1")
def misspelt():
    return "SELECT order_id FROM {{ordres.v1}}"


@spark.sql_transformation(name="outdated", variant="v1")
def outdated():
    return "SELECT order_id FROM {{orders.v2}}"
