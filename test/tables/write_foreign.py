"""Writes tables of this folder that Spark does not write, by the library of parquet that Spark itself uses.

    python write_foreign.py [NAME ...]      needs PySpark 3.5 and Java 17

Where Spark reads such a file, the truth is what it reads; where it refuses, what was given to the writer, as text.
"""

import json
import pathlib
import struct
import sys
import tempfile

from spark_session import local_spark
from spark_text import truth_of

HERE = pathlib.Path(__file__).parent

spark = local_spark()
spark.sparkContext.setLogLevel("ERROR")
gateway = spark.sparkContext._gateway
jvm = spark.sparkContext._jvm
parquet = jvm.org.apache.parquet


class GroupWriter:
    """Fills the records of the library; Python's numbers alone do not say which of Java's they are."""

    def __init__(self):
        group = jvm.java.lang.Class.forName("org.apache.parquet.example.data.Group")
        text = jvm.java.lang.Class.forName("java.lang.String")
        self.wide = {}
        for name, kind in [("INT64", jvm.java.lang.Long), ("FLOAT", jvm.java.lang.Float)]:
            types = gateway.new_array(jvm.java.lang.Class, 2)
            types[0], types[1] = text, kind.TYPE
            self.wide[name] = kind, group.getMethod("add", types)

    def fill(self, group, values, schema):
        for name, value in values.items():
            kind = schema.getType(name)
            is_repeated = kind.isRepetition(parquet.schema.Type.Repetition.REPEATED)
            for item in value if is_repeated else [] if value is None else [value]:
                if kind.isPrimitive():
                    self.add(group, name, item, kind.asPrimitiveType().getPrimitiveTypeName().toString())
                else:
                    self.fill(group.addGroup(name), item, kind.asGroupType())

    def add(self, group, name, value, kind):
        if kind in self.wide:
            boxes, method = self.wide[kind]
            box, arguments = gateway.new_array(boxes, 1), gateway.new_array(jvm.java.lang.Object, 2)
            box[0], arguments[0] = value, name
            jvm.java.lang.System.arraycopy(box, 0, arguments, 1, 1)
            method.invoke(group, arguments)
        elif kind in ("BINARY", "FIXED_LEN_BYTE_ARRAY", "INT96"):
            data = value.encode() if isinstance(value, str) else value
            group.add(name, parquet.io.api.Binary.fromConstantByteArray(data))
        else:
            group.add(name, value)


def write_file(path, fields, rows, codec="SNAPPY", version="PARQUET_1_0", dictionary=True, split=False, rows_a_page=20000):
    schema = parquet.schema.MessageTypeParser.parseMessageType("message table { %s }" % fields)
    path.unlink(missing_ok=True)
    writer = (
        parquet.hadoop.example.ExampleParquetWriter.builder(jvm.org.apache.hadoop.fs.Path(str(path)))
        .withType(schema)
        .withCompressionCodec(getattr(parquet.hadoop.metadata.CompressionCodecName, codec))
        .withWriterVersion(getattr(parquet.column.ParquetProperties.WriterVersion, version))
        .withDictionaryEncoding(dictionary)
        .withByteStreamSplitEncoding(split)
        .withPageRowCountLimit(rows_a_page)
        .build()
    )
    groups, filler = parquet.example.data.simple.SimpleGroupFactory(schema), GroupWriter()
    for row in rows:
        group = groups.newGroup()
        filler.fill(group, row, schema)
        writer.write(group)
    writer.close()
    path.with_name(f".{path.name}.crc").unlink(missing_ok=True)


def judged(name, fields, rows, **options):
    """The truth is what Spark reads: from the file itself or, where it cannot read the encoding, from a plain twin."""
    path = HERE / f"{name}.parquet"
    write_file(path, fields, rows, **options)
    if not options.get("split"):
        save(name, truth_of(spark.read.parquet(str(path)), most_rows=200))
        return
    with tempfile.TemporaryDirectory() as scratch:
        twin = pathlib.Path(scratch, "twin.parquet")
        write_file(twin, fields, rows)
        save(name, truth_of(spark.read.parquet(str(twin)), most_rows=200))


def given(name, fields, rows, columns, texts):
    """The truth is by the specification: Spark refuses such a file."""
    path = HERE / f"{name}.parquet"
    write_file(path, fields, rows)
    try:
        spark.read.parquet(str(path)).collect()
    except Exception:
        columns = [{"name": column, "type": kind} for column, kind in columns]
        save(name, {"columns": columns, "rowCount": len(rows), "rows": texts})
    else:
        raise AssertionError(f"Spark reads {name}: it can judge")


def save(name, truth):
    (HERE / f"{name}.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


FIELDS = """
    required int64 long; required int32 int; required binary text (UTF8); required double double; required float float;
    required boolean boolean; required fixed_len_byte_array(4) bytes; optional int32 third; optional binary same (UTF8);
"""


def rows_of_all_kinds():
    for i in range(200):
        yield {
            "long": i * 7919 * 10**9 - 2**62, "int": i * 31 % 1000 - 500, "text": "value %05d" % (i // 3) + "x" * (i % 5),
            "double": i / 7, "float": i / 10, "boolean": i % 5 == 0, "bytes": bytes([i, 1, 2, 3]), "third": None if i % 3 else i,
            "same": "same",
        }


def tables():
    # How lists and maps were written before there was a rule, and by those who know none.
    yield judged, "foreign-lists", """
        repeated int32 bare; repeated group bare_groups { required int64 number; optional binary kind (UTF8); }
        optional group unannotated { repeated group phone { required int64 number; optional binary kind (UTF8); } }
        optional group of_arrays (LIST) { repeated group array (LIST) { repeated int32 array; } }
        optional group bag (LIST) { repeated group bag { optional int32 array_element; } }
        optional group two_levels (LIST) { repeated int32 element; }
        optional group of_structs (LIST) { repeated group element { required int32 x; required int32 y; } }
        optional group tuples (LIST) { repeated group tuples_tuple { required int32 x; } }
        optional group deep { repeated group b { optional group c { repeated group d { optional int32 e; } } } }""", [
        {"bare": [0, 1, 2, 3], "bare_groups": [{"number": 5555555555, "kind": None}], "unannotated": None,
         "of_arrays": {"array": [{"array": [1, 2]}, {"array": [3]}]}, "bag": {"bag": [{"array_element": 1}, {"array_element": None}]},
         "two_levels": {"element": [7, 8]}, "of_structs": {"element": [{"x": 1, "y": 2}]}, "tuples": {"tuples_tuple": [{"x": 9}, {"x": 10}]},
         "deep": {"b": [{"c": {"d": [{"e": 1}, {"e": None}]}}, {"c": None}, {"c": {"d": []}}]}},
        {"bare": [], "bare_groups": [], "unannotated": {"phone": []}, "of_arrays": {"array": []}, "bag": {"bag": []},
         "two_levels": {"element": []}, "of_structs": None, "tuples": None, "deep": {"b": []}},
        {"bare": [4], "bare_groups": [{"number": 1, "kind": "home"}, {"number": 2, "kind": "x"}],
         "unannotated": {"phone": [{"number": 3, "kind": "y"}]}, "of_arrays": {"array": [{"array": []}, {"array": [5]}]}, "bag": None,
         "two_levels": None, "of_structs": {"element": []}, "tuples": {"tuples_tuple": []}, "deep": None},
    ], {}
    yield judged, "foreign-maps", """
        optional group old (MAP) { repeated group map (MAP_KEY_VALUE) { required binary key (UTF8);
            optional group value (LIST) { repeated group bag { optional double array_element; } } } }
        optional group older (MAP_KEY_VALUE) { repeated group map { required binary k (UTF8); required int32 v; } }
        optional group unannotated { repeated group map { required binary key (UTF8); optional int32 value; } }""", [
        {"old": {"map": [{"key": "a", "value": {"bag": [{"array_element": 1.5}]}}, {"key": "b", "value": None}]},
         "older": {"map": [{"k": "x", "v": 1}]}, "unannotated": {"map": [{"key": "k1", "value": 1}, {"key": "k2", "value": None}]}},
        {"old": None, "older": {"map": []}, "unannotated": None},
    ], {}
    yield judged, "foreign-integers", """
        required int32 u8 (UINT_8); required int32 u16 (UINT_16); required int32 u32 (UINT_32); required int64 u64 (UINT_64);
        required int32 i8 (INT_8); required int32 i16 (INT_16);""", [
        {"u8": 255, "u16": 65535, "u32": -1, "u64": -1, "i8": -128, "i16": -32768},
        {"u8": 0, "u16": 1, "u32": 2**31 - 1, "u64": 2**63 - 1, "i8": 127, "i16": 3},
    ], {}
    rows = list(rows_of_all_kinds())
    yield judged, "foreign-delta", FIELDS, rows, {"version": "PARQUET_2_0", "dictionary": False, "rows_a_page": 150}
    yield judged, "foreign-dictionary-v2", FIELDS, rows, {"version": "PARQUET_2_0", "rows_a_page": 70, "codec": "ZSTD"}
    yield judged, "foreign-split", FIELDS, rows, {"dictionary": False, "split": True, "codec": "GZIP", "rows_a_page": 70}
    halves = [0x0000, 0x8000, 0x3C00, 0xBC00, 0x3555, 0x7BFF, 0x0001, 0x7C00, 0xFC00, 0x7E00]
    yield judged, "foreign-halves", "required fixed_len_byte_array(2) half;", [{"half": struct.pack("<H", half)} for half in halves], {}
    yield given, "foreign-times", """
        required int32 t_millis (TIME_MILLIS); required int64 t_micros (TIME_MICROS); required int64 t_nanos (TIME(NANOS,true));
        required int64 local_millis (TIMESTAMP(MILLIS,false)); required int64 local_micros (TIMESTAMP(MICROS,false));
        required int64 local_nanos (TIMESTAMP(NANOS,false)); required int64 nanos (TIMESTAMP(NANOS,true)); required int96 old_nanos;""", [
        {"t_millis": 86399999, "t_micros": 86399999999, "t_nanos": 86399999999999, "local_millis": 1700000000123,
         "local_micros": -62135596800000000, "local_nanos": -1, "nanos": 1700000000123456789,
         "old_nanos": struct.pack("<qi", 86399999999999, 2440587)},
    ], {
        "columns": [("t_millis", "time"), ("t_micros", "time"), ("t_nanos", "time"), ("local_millis", "timestamp_ntz"),
                    ("local_micros", "timestamp_ntz"), ("local_nanos", "timestamp_ntz"), ("nanos", "timestamp"), ("old_nanos", "timestamp")],
        "texts": [["23:59:59.999", "23:59:59.999999", "23:59:59.999999999", "2023-11-14 22:13:20.123", "0001-01-01 00:00:00",
                   "1969-12-31 23:59:59.999999999", "2023-11-14 22:13:20.123456789", "1969-12-31 23:59:59.999999999"]],
    }
    yield given, "foreign-bytes", """
        required binary enum (ENUM); required binary json (JSON); required binary bson (BSON);
        required fixed_len_byte_array(16) uuid (UUID); required fixed_len_byte_array(12) interval (INTERVAL);""", [
        {"enum": "RED", "json": '{"a": 1}', "bson": b"\x05\x00\x00\x00\x00", "uuid": bytes(range(16)),
         "interval": struct.pack("<III", 1, 2, 3000)},
    ], {
        "columns": [("enum", "string"), ("json", "string"), ("bson", "binary"), ("uuid", "string"), ("interval", "interval")],
        "texts": [["RED", '{"a": 1}', "0500000000", "00010203-0405-0607-0809-0a0b0c0d0e0f", "1 months 2 days 3000 milliseconds"]],
    }
    yield given, "foreign-decimals", """
        required int32 a (DECIMAL(4,2)); required int64 b (DECIMAL(10,2)); required fixed_len_byte_array(11) c (DECIMAL(25,2));
        required binary d (DECIMAL(4,2)); required fixed_len_byte_array(20) e (DECIMAL(47,10)); required int32 f (DECIMAL(9,9));
        required binary g (DECIMAL(60,5));""", [
        {"a": -2400, "b": 2400, "c": (123456789012345678901234).to_bytes(11, "big", signed=True), "d": b"\xf6\xa0",
         "e": (-12345678901234567890123456789012345678901234567).to_bytes(20, "big", signed=True), "f": -1,
         "g": (10**40 + 7).to_bytes(20, "big", signed=True)},
    ], {
        "columns": [("a", "decimal(4,2)"), ("b", "decimal(10,2)"), ("c", "decimal(25,2)"), ("d", "decimal(4,2)"), ("e", "decimal(47,10)"),
                    ("f", "decimal(9,9)"), ("g", "decimal(60,5)")],
        "texts": [["-24.00", "24.00", "1234567890123456789012.34", "-24.00", "-1234567890123456789012345678901234567.8901234567",
                   "-0.000000001", "100000000000000000000000000000000000.00007"]],
    }
    yield given, "foreign-keys", """
        required group no_values (MAP) { repeated group key_value { required int32 key; } }
        required group values (MAP) { repeated group key_value { required int32 key; optional int32 value; } }""", [
        {"no_values": {"key_value": [{"key": 1}, {"key": 2}]}, "values": {"key_value": [{"key": 1, "value": None}, {"key": 2, "value": 3}]}},
    ], {
        "columns": [("no_values", "struct<key_value:array<struct<key:int>>>"), ("values", "map<int,int>")],
        "texts": [[{"key_value": [{"key": "1"}, {"key": "2"}]}, [{"key": "1", "value": None}, {"key": "2", "value": "3"}]]],
    }
    yield given, "foreign-names", "required int32 a; required int32 A;", [{"a": 1, "A": 2}], {
        "columns": [("a", "int"), ("A", "int")],
        "texts": [["1", "2"]],
    }


wanted = set(sys.argv[1:])
for make, name, fields, rows, options in tables():
    if not wanted or name in wanted:
        make(name, fields, rows, **options)
        print(name, flush=True)
spark.stop()
