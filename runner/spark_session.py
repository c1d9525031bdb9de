"""The Spark session: started once, a fresh one on the same Spark for each step."""

import os
import sys
from typing import Any, Dict, List, Tuple

# What Featureform's job script sets on every session. The vectorised reader is off there; results must not differ.
FEATUREFORM_SETTINGS = (
    ("spark.sql.parquet.enableVectorizedReader", "false"),
    ("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MILLIS"),
    ("spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED"),
    ("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED"),
)


def start_session(settings: List[Tuple[str, str]]) -> Any:
    """Starts Spark or takes the one that runs. Slow: seconds. `settings` are for a start on this machine; on a cluster
    they come with the job."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("sparkform")
    for key, value in settings:
        builder = builder.config(key, value)
    return builder.getOrCreate()


def is_alive(session: Any) -> bool:
    """Whether Spark still runs: a user's function can stop it."""
    try:
        return session is not None and not session.sparkContext._jsc.sc().isStopped()
    except Exception:
        return False


def is_reachable(session: Any) -> bool:
    """Whether its Java still answers; without it this process can start no other Spark."""
    try:
        return bool(session._jvm.java.lang.System.currentTimeMillis())
    except Exception:
        return False


def forget_leftovers(session: Any) -> None:
    """Removes what a run left in the Spark that the next run shares: cached data, tables, views. Nothing that outlives Spark."""
    session.catalog.clearCache()
    for data in list(session.sparkContext._jsc.getPersistentRDDs().values()):
        data.unpersist()
    shared = session._jsparkSession.sharedState()
    shared.globalTempViewManager().clear()
    if session.sparkContext.getConf().get("spark.sql.catalogImplementation", "in-memory") != "in-memory":
        return
    catalog = shared.externalCatalog()
    for database in _items(catalog.listDatabases()):
        for table in _items(catalog.listTables(database)):
            catalog.dropTable(database, table, True, True)
        if database != "default":
            catalog.dropDatabase(database, True, True)


def _items(sequence: Any) -> List[str]:
    """Of a sequence of Scala's."""
    return [str(sequence.apply(index)) for index in range(sequence.size())]


def fresh_session(session: Any, overrides: Dict[str, str]) -> Any:
    """A session for one step: no views, functions or settings of another, as on the cluster."""
    fresh = session.newSession()
    for key, value in FEATUREFORM_SETTINGS:
        fresh.conf.set(key, value)
    for key, value in overrides.items():
        fresh.conf.set(key, value)
    _adopt(fresh)
    return fresh


def _adopt(session: Any) -> None:
    """Makes `SparkSession.builder.getOrCreate()` inside a user's function find this session and no other."""
    from pyspark.sql import SparkSession

    if hasattr(SparkSession, "_instantiatedSession"):
        SparkSession._instantiatedSession = session
    jvm_sessions = session._jvm.SparkSession
    jvm_sessions.setDefaultSession(session._jsparkSession)
    jvm_sessions.setActiveSession(session._jsparkSession)
