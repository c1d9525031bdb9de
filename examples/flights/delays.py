"""From single flights to a ranking of airports: SQL, then a DataFrame function, then SQL again."""

import featureform as ff

spark = ff.get_spark("demo-spark")


@spark.sql_transformation(name="departure_delays", variant="monthly")
def departure_delays():
    """Departures of each airport in each month, and how many of them were late."""
    return """
        SELECT
            airports.iata AS airport,
            airports.name AS airport_name,
            airports.city,
            airports.state,
            date_trunc('month', flights.date) AS month,
            count(*) AS departures,
            avg(flights.delay) AS mean_delay,
            avg(CAST(flights.delay >= 15 AS INT)) AS late_share
        FROM {{flights.early_2001}} AS flights
        JOIN {{airports.iata}} AS airports ON flights.origin = airports.iata
        WHERE flights.delay > -120  -- a few clocks were wrong by half a day
        GROUP BY airports.iata, airports.name, airports.city, airports.state, date_trunc('month', flights.date)
    """


@spark.df_transformation(
    name="delay_trends",
    variant="monthly",
    inputs=[("departure_delays", "monthly")],
)
def delay_trends(delays):
    """The change against the month before, and the place among the airports of the same state."""
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    months_of_airport = Window.partitionBy("airport").orderBy("month")
    airports_of_state = Window.partitionBy("state", "month").orderBy(F.desc("late_share"))
    return (
        delays.where(F.col("departures") >= 30)
        .withColumn("change", F.col("late_share") - F.lag("late_share").over(months_of_airport))
        .withColumn("rank_in_state", F.rank().over(airports_of_state))
    )


@spark.sql_transformation(name="airport_ranking", variant="early_2001")
def airport_ranking():
    """Busy airports, the one with the largest share of late departures first."""
    return """
        WITH totals AS (
            SELECT
                airport,
                airport_name,
                city,
                state,
                sum(departures) AS departures,
                sum(late_share * departures) / sum(departures) AS late_share,
                date_format(max_by(month, late_share), 'MMMM') AS worst_month,
                count_if(rank_in_state = 1) AS months_last_in_state
            FROM {{delay_trends.monthly}}
            GROUP BY airport, airport_name, city, state
        )
        SELECT
            rank() OVER (ORDER BY late_share DESC) AS place,
            airport,
            airport_name,
            city,
            state,
            departures,
            round(late_share, 4) AS late_share,
            worst_month,
            months_last_in_state
        FROM totals
        WHERE departures >= 5000
        ORDER BY place
    """
