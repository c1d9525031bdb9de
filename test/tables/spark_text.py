"""How the truth about a table is written down: every scalar as Spark's own text of it, so that no digit depends on a JSON library."""

import json

from pyspark.sql import functions as F, types as T


def truth_of(frame, most_rows=None):
    """Columns, number of rows and, of tables with at most `most_rows`, the rows in the order of their files."""
    kinds = [field.dataType for field in frame.schema]
    columns = [{"name": field.name, "type": field.dataType.simpleString()} for field in frame.schema]
    # Names may repeat or be odd: from here on columns have names of their own.
    frame = frame.toDF(*["c%d" % index for index in range(len(kinds))])
    nested = [isinstance(kind, (T.ArrayType, T.MapType, T.StructType)) for kind in kinds]
    shown = [text_of(F.col("c%d" % index), kind).alias("t%d" % index) for index, kind in enumerate(kinds)]
    placed = frame.select(*shown, F.input_file_name().alias("file"), F.monotonically_increasing_id().alias("place"))
    count = frame.count() if most_rows is not None else 0
    rows = sorted(placed.collect(), key=lambda row: row[-2:]) if most_rows is None or count <= most_rows else []
    return {
        "columns": columns,
        "rowCount": count if most_rows is not None else len(rows),
        "rows": [[json.loads(cell)["v"] if inside else cell for cell, inside in zip(row, nested)] for row in rows],
    }


def text_of(column, kind):
    text = as_text(column, kind)
    if isinstance(kind, (T.ArrayType, T.MapType, T.StructType)):
        return F.to_json(F.struct(text.alias("v")), {"ignoreNullFields": "false"})
    return text


def as_text(column, kind):
    """The value with every scalar as text; structs stay structs, maps become lists of key and value."""
    if isinstance(kind, T.ArrayType):
        return F.transform(column, lambda item: as_text(item, kind.elementType))
    if isinstance(kind, T.MapType):
        return F.transform(F.map_entries(column), lambda e: F.struct(
            as_text(e["key"], kind.keyType).alias("key"), as_text(e["value"], kind.valueType).alias("value")))
    if isinstance(kind, T.StructType):
        return F.when(column.isNotNull(), F.struct(*[as_text(column[f.name], f.dataType).alias(f.name) for f in kind]))
    return F.hex(column) if isinstance(kind, T.BinaryType) else column.cast("string")
