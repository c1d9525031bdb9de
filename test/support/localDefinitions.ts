// Definitions that tests run on the real local Spark.

import { preamble } from './localRuns';

/** SQL, then a DataFrame function, then SQL. */
export const chain = `${preamble}
@spark.sql_transformation(name="by_state", variant="v1")
def by_state():
    return """SELECT state, count(*) AS airports, min(latitude) AS south FROM {{airports.v1}} GROUP BY state"""


@spark.df_transformation(name="ranked", variant="v1", inputs=[("by_state", "v1")])
def ranked(states):
    from pyspark.sql import Window
    print("on the cluster, this line is in the logs")
    return states.withColumn("place", F.row_number().over(Window.orderBy(F.desc("airports"), "state")))


@spark.sql_transformation(name="top", variant="v1")
def top():
    return "SELECT place, state, airports FROM {{ranked.v1}} ORDER BY place"
`;

/** `endless.v1` is a Spark job that never ends, `loop.v1` Python that does not come back. */
export const endless = `${preamble}
@spark.sql_transformation(name="endless", variant="v1")
def endless():
    return """
        SELECT count(*) AS n FROM {{airports.v1}} AS a CROSS JOIN {{airports.v1}} AS b CROSS JOIN {{airports.v1}} AS c
        WHERE concat(a.name, b.name, c.name) = 'nowhere'
    """


@spark.df_transformation(name="loop", variant="v1", inputs=[("airports", "v1")])
def loop(airports):
    print("looping")
    while True:
        pass
`;

/** `held.v1` waits in its function until there is a file at the path. */
export function heldUntil(path: string): string {
  return `${preamble}
@spark.df_transformation(name="held", variant="v1", inputs=[("airports", "v1")])
def held(airports):
    import os, time
    while not os.path.exists(${JSON.stringify(path)}):
        time.sleep(0.01)
    return airports.limit(1)
`;
}
