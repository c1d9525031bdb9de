"""Writes the Iceberg tables of this folder, and what Spark reads of each into `NAME.json`.

    mvn dependency:get -Dartifact=org.apache.iceberg:iceberg-spark-runtime-3.5_2.12:1.12.0 -Dtransitive=false
    mvn dependency:get -Dartifact=org.xerial:sqlite-jdbc:3.46.0.0 -Dtransitive=false
    python write.py JAR:JAR [NAME ...]          needs PySpark 3.5 and Java 17

Tables are written below a folder for themselves, whose location is in their metadata, and copied here without what the
current snapshot does not need: older metadata, and checksums of Hadoop. Data files of older snapshots stay, as they do in
real tables.
"""

import json
import pathlib
import re
import shutil
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from spark_session import local_spark
from spark_text import truth_of

WAREHOUSE = pathlib.Path("/tmp/sparkform-iceberg-tables")


def spark_with(jars):
    catalog = "spark__sql__catalog__"
    return local_spark(**{
        "spark__driver__extraClassPath": jars,
        "spark__sql__extensions": "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
        catalog + "lake": "org.apache.iceberg.spark.SparkCatalog",
        catalog + "lake__type": "hadoop",
        catalog + "lake__warehouse": WAREHOUSE.as_uri(),
        # Names metadata as catalogs with a service behind them do.
        catalog + "named": "org.apache.iceberg.spark.SparkCatalog",
        catalog + "named__type": "jdbc",
        catalog + "named__uri": "jdbc:sqlite::memory:",
        catalog + "named__warehouse": WAREHOUSE.as_uri(),
        catalog + "named__jdbc.schema-version": "V1",
    })


def properties(version, more):
    options = {"format-version": version, "write.distribution-mode": "none"}
    options.update(more)
    return "TBLPROPERTIES (%s)" % ", ".join("'%s'='%s'" % pair for pair in options.items())


def create(name, columns, partitioned="", version=2, more={}):
    by = "PARTITIONED BY (%s)" % partitioned if partitioned else ""
    place = "" if name.startswith("lake") else "LOCATION '%s'" % place_of(name).as_uri()
    sql("CREATE TABLE %s (%s) USING iceberg %s %s %s" % (name, columns, by, place, properties(version, more)))


def place_of(name):
    catalog, database, table = name.split(".")
    return WAREHOUSE / database / table


def sql(text):
    return spark.sql(text)


def insert(name, rows):
    sql("INSERT INTO %s VALUES %s" % (name, rows))


def java_table(name):
    """The table for what SQL cannot do to it."""
    catalog, table = name.split(".", 1)
    own = spark._jsparkSession.sessionState().catalogManager().catalog(catalog).icebergCatalog()
    return own.loadTable(jvm.org.apache.iceberg.catalog.TableIdentifier.parse(table))


TABLES = {}


def table(make):
    TABLES[make.__name__] = make
    return make


TYPES = (
    "a_boolean boolean, an_int int, a_bigint bigint, a_float float, a_double double, a_decimal decimal(20,3), a_string string, "
    "a_date date, a_timestamp timestamp, a_local timestamp_ntz, a_binary binary, an_array array<string>, a_map map<string,bigint>, "
    "a_struct struct<x:int,y:array<struct<z:string>>>"
)


@table
def appended(name):
    create(name, TYPES)
    insert(name, """
        (true, 1, 9007199254740993, float(0.1), 0.1D, 12345678901234567.891, 'é', date'2024-02-29', timestamp'2024-01-02 03:04:05.678901',
         timestamp_ntz'1969-12-31 23:59:59.999999', X'00FF', array('a', null), map('k', 1L), struct(1, array(struct('z')))),
        (null, null, null, null, null, null, null, null, null, null, null, null, null, null)""")
    insert(name, """
        (false, -1, -1, float('NaN'), double('-Infinity'), -0.001, '', date'9999-12-31', timestamp'1900-01-01 00:00:00',
         timestamp_ntz'2024-01-01 00:00:00', X'', array(), map(), struct(null, null))""")


@table
def overwritten(name):
    create(name, "id int, word string", version=1)
    insert(name, "(1, 'old'), (2, 'old')")
    sql("INSERT OVERWRITE %s VALUES (3, 'new'), (4, 'new')" % name)
    insert(name, "(5, 'newest')")


@table
def copied(name):
    create(name, "id int, word string", more={"write.delete.mode": "copy-on-write", "write.update.mode": "copy-on-write"})
    insert(name, "(1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')")
    insert(name, "(5, 'e'), (6, 'f')")
    sql("DELETE FROM %s WHERE id = 2" % name)
    sql("UPDATE %s SET word = 'F' WHERE id = 6" % name)


@table
def evolved(name):
    create(name, "id int, ratio float, price decimal(9,2), gone string, word string, place struct<x:int,y:int,old:string>, "
                 "many array<struct<a:int,b:string>>, byName map<string,struct<a:int>>")
    insert(name, "(1, float(0.1), 1.23, 'gone', 'one', struct(1, 2, 'old'), array(struct(1, 'b')), map('k', struct(7)))")
    for change in [
        "ALTER COLUMN id TYPE bigint", "ALTER COLUMN ratio TYPE double", "ALTER COLUMN price TYPE decimal(18,2)",
        "DROP COLUMN gone", "RENAME COLUMN word TO text", "ADD COLUMN gone int", "ADD COLUMN added string AFTER id",
        "ALTER COLUMN text FIRST", "ALTER COLUMN place.x TYPE bigint", "RENAME COLUMN place.y TO z", "DROP COLUMN place.old",
        "ADD COLUMN place.old double", "ADD COLUMN many.element.c date", "RENAME COLUMN many.element.a TO number",
        "ADD COLUMN byName.value.b boolean",
    ]:
        sql("ALTER TABLE %s %s" % (name, change))
    sql("""INSERT INTO %s (id, text, ratio, price, gone, added, place, many, byName) SELECT 9007199254740993, 'two', 0.2D, 1234567890123456.78,
        5, 'added', named_struct('x', 3000000000, 'z', 4, 'old', 0.5D), array(named_struct('number', 2, 'b', 'c', 'c', date'2024-01-01')),
        map('l', named_struct('a', 8, 'b', true))""" % name)


@table
def partitioned(name):
    create(name, "id int, day date, at timestamp, price decimal(9,2), word string")
    insert(name, "(1, date'2024-01-01', timestamp'2024-01-01 10:00:00', 1.50, 'one'), (2, null, null, null, null)")
    sql("ALTER TABLE %s ADD PARTITION FIELD price" % name)
    insert(name, "(3, date'2024-01-02', timestamp'2024-01-02 10:00:00', 2.50, 'three')")
    for field in ["day", "bucket(4, id)", "hours(at)", "truncate(2, word)"]:
        sql("ALTER TABLE %s ADD PARTITION FIELD %s" % (name, field))
    sql("ALTER TABLE %s DROP PARTITION FIELD price" % name)
    insert(name, "(4, date'2024-01-03', timestamp'2024-01-03 10:00:00', 3.50, 'x/y=z'), (5, null, null, null, null)")


MARKS = {"write.%s.mode" % operation: "merge-on-read" for operation in ["delete", "update", "merge"]}


@table
def marked(name):
    create(name, "id int, kind string", "kind", more=MARKS)
    sql("INSERT INTO %s SELECT int(id), if(id < 50, 'a', 'b') AS kind FROM range(0, 100, 1, 1) ORDER BY kind" % name)
    sql("DELETE FROM %s WHERE id %% 7 = 3" % name)
    sql("UPDATE %s SET id = id + 1000 WHERE id IN (0, 51)" % name)
    sql("DELETE FROM %s WHERE id = 10 OR id = 1051" % name)
    insert(name, "(10, 'a')")


@table
def vectors(name):
    create(name, "id int, kind string", "kind", version=3, more=MARKS)
    sql("INSERT INTO %s SELECT int(id), if(id < 6000, 'a', 'b') AS kind FROM range(0, 12000, 1, 1) ORDER BY kind" % name)
    sql("DELETE FROM %s WHERE id %% 5 < 4" % name)
    sql("DELETE FROM %s WHERE id >= 1000 AND id < 11000" % name)
    sql("UPDATE %s SET id = -id WHERE id IN (4, 11004)" % name)


@table
def sparse(name):
    create(name, "id int", version=3, more=MARKS)
    sql("INSERT INTO %s SELECT int(id) FROM range(0, 200, 1, 1)" % name)
    sql("DELETE FROM %s WHERE id IN (0, 3, 50, 199)" % name)


@table
def defaults(name):
    create(name, "id int, inner struct<x:int>", version=3)
    insert(name, "(1, struct(1)), (2, null)")
    types, literal = jvm.org.apache.iceberg.types.Types, jvm.org.apache.iceberg.expressions.Expressions.lit
    update = java_table(name).updateSchema()
    for column, kind, value in [
        ("a_string", types.StringType.get(), "é"), ("an_int", types.IntegerType.get(), 5), ("a_boolean", types.BooleanType.get(), True),
        ("a_double", types.DoubleType.get(), 0.5),
    ]:
        update = update.addColumn(column, kind, None, literal(value))
    for column, kind, text in [
        ("a_date", types.DateType.get(), "2024-02-29"), ("a_decimal", types.DecimalType.of(9, 2), "12.30"),
        ("a_timestamp", types.TimestampType.withZone(), "2024-01-02T03:04:05.678+00:00"),
        ("a_local", types.TimestampType.withoutZone(), "2024-01-02T03:04:05"),
        ("a_bigint", types.LongType.get(), None),
    ]:
        value = literal("9") if text is None else literal(text)
        update = update.addColumn(column, kind, None, literal(9007199254740993) if text is None else value.to(kind))
    update = update.addColumn("inner", "y", types.StringType.get(), None, literal("deep"))
    update.commit()
    sql("REFRESH TABLE %s" % name)
    insert(name, "(3, struct(3, 'own'), 'own', 6, false, null, null, 4.56, null, null, 7)")


@table
def nothing(name):
    create(name, "id int, word string")


@table
def emptied(name):
    create(name, "id int")
    insert(name, "(1), (2)")
    sql("DELETE FROM %s" % name)


@table
def catalogued(name):
    codecs = {"write.metadata.compression-codec": "gzip", "write.manifest.compression-codec": "zstd"}
    create(name, "id int, word string", more=codecs)
    insert(name, "(1, 'a')")
    sql("ALTER TABLE %s SET TBLPROPERTIES ('write.manifest.compression-codec'='snappy')" % name)
    insert(name, "(2, 'b')")
    sql("ALTER TABLE %s SET TBLPROPERTIES ('write.manifest.compression-codec'='uncompressed')" % name)
    insert(name, "(3, 'c')")
    sql("DELETE FROM %s WHERE id = 1" % name)


@table
def migrated(name):
    create(name, "id int, Word string, day date", "day")
    folder = WAREHOUSE / "db" / "migrated" / "data" / "hive"
    spark.createDataFrame([(1, "a", "2024-01-01"), (2, "b", "2024-01-02")], "id int, Word string, day string") \
        .coalesce(1).write.partitionBy("day").parquet(str(folder))
    sql("CALL lake.system.add_files(table => 'db.migrated', source_table => '`parquet`.`%s`')" % folder)
    sql("ALTER TABLE %s RENAME COLUMN Word TO text" % name)
    insert(name, "(3, 'c', date'2024-01-03')")


@table
def orc(name):
    create(name, "id int", more={"write.format.default": "orc"})
    insert(name, "(1)")


@table
def equality(name):
    """Spark reads equality deletes, and writes none: the file is written as a table is, and declared by Iceberg's own library."""
    create(name, "id int, word string")
    insert(name, "(1, 'a'), (2, 'b'), (3, 'c')")
    own = java_table(name)
    file = place_of(name) / "data" / "equality-deletes.parquet"
    frame = spark.sql("SELECT 2 AS id")
    frame.coalesce(1).write.parquet(str(file) + ".folder")
    folder = pathlib.Path(str(file) + ".folder")
    next(folder.glob("part-*")).rename(file)
    shutil.rmtree(folder)
    ids = spark.sparkContext._gateway.new_array(jvm.int, 1)
    ids[0] = 1
    builder = jvm.org.apache.iceberg.FileMetadata.deleteFileBuilder(own.spec()).ofEqualityDeletes(ids)
    builder = builder.withPath(file.as_uri()).withFormat("PARQUET").withFileSizeInBytes(file.stat().st_size).withRecordCount(1)
    own.newRowDelta().addDeletes(builder.build()).commit()


def write(name):
    catalog = "named" if name == "catalogued" else "lake"
    full = "%s.db.%s" % (catalog, name)
    TABLES[name](full)
    sql("REFRESH TABLE %s" % full)
    # What the viewer refuses is not asked of Spark.
    truth = truth_of(spark.table(full)) if name not in ("orc", "equality") else {}
    snapshots = sql("SELECT CAST(snapshot_id AS STRING), date_format(made_current_at, \"yyyy-MM-dd'T'HH:mm:ss.SSS'Z'\") "
                    "FROM %s.history ORDER BY made_current_at DESC LIMIT 1" % full).collect()
    truth["snapshot"] = None if not snapshots else {"id": snapshots[0][0], "time": snapshots[0][1]}
    truth["files"] = sql("SELECT count(*) FROM %s.data_files" % full).collect()[0][0]
    text = json.dumps(truth, indent=1, ensure_ascii=False) if len(truth.get("rows", [])) < 20 else json.dumps(truth, ensure_ascii=False)
    (HERE / (name + ".json")).write_text(text + "\n")
    keep(place_of(full), HERE / name)


def keep(source, target):
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(".*", "_SUCCESS", "*.stats"))
    metadata = sorted((target / "metadata").glob("*.metadata.json"), key=lambda path: int(re.match(r"v?(\d+)", path.name).group(1)))
    for older in metadata[:-2]:
        older.unlink()


jars, *chosen = sys.argv[1:]
spark = spark_with(jars)
spark.sparkContext.setLogLevel("ERROR")
jvm = spark.sparkContext._jvm
shutil.rmtree(WAREHOUSE, ignore_errors=True)
sql("CREATE NAMESPACE named.db")
for one in chosen or TABLES:
    write(one)
    print("wrote", one, flush=True)
spark.stop()
shutil.rmtree(WAREHOUSE, ignore_errors=True)
