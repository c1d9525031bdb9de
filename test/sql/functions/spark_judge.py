"""Asks the local Spark what type a call has, without running anything."""

import re

from py4j.protocol import Py4JJavaError
from pyspark.errors.exceptions.captured import CapturedException
from pyspark.sql import SparkSession

from signatures import Function, Parameter, Signature

#: One type of every kind, by the letter that stands for it in the data.
TYPES = {
    "b": "boolean",
    "t": "tinyint",
    "s": "smallint",
    "i": "int",
    "l": "bigint",
    "f": "float",
    "d": "double",
    "m": "decimal(10,2)",
    "S": "string",
    "B": "binary",
    "D": "date",
    "T": "timestamp",
    "N": "timestamp_ntz",
    "Y": "interval year to month",
    "Z": "interval day to second",
    "I": "interval",
    "A": "array<int>",
    "a": "array<string>",
    "O": "array<array<int>>",
    "E": "array<struct<k:string,v:int>>",
    "e": "array<struct<x:double,y:date>>",
    "M": "map<string,int>",
    "P": "map<int,double>",
    "R": "struct<k:string,v:int>",
    "V": "void",
}
ALL_LETTERS = list(TYPES)
#: Other sizes of decimals, to find how results depend on the size.
DECIMALS = ["decimal(20,5)", "decimal(38,10)", "decimal(5,0)"]
REJECTED = "rejected"

BASES = {
    "any": "int",
    "T": "int",
    "U": "int",
    "V": "int",
    "W": "int",
    "A": "int",
    "R": "int",
    "K": "string",
    "numeric": "int",
    "integral": "int",
    "interval": "interval day to second",
    "decimal": "decimal(10,2)",
    "array<T>": "array<int>",
    "array<U>": "array<int>",
    "array<K>": "array<string>",
    "array<V>": "array<int>",
    "array<array<T>>": "array<array<int>>",
    "array<struct<K,V>>": "array<struct<k:string,v:int>>",
    "map<K,V>": "map<string,int>",
    "map<K,W>": "map<string,int>",
    "struct<K,V>": "struct<k:string,v:int>",
}


class SparkJudge:
    def __init__(self) -> None:
        self.spark = (
            SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").config("spark.sql.session.timeZone", "UTC").getOrCreate()
        )
        self.spark.sparkContext.setLogLevel("OFF")
        self.state = self.spark._jsparkSession.sessionState()
        self.mode = self.spark._jvm.org.apache.spark.sql.execution.CommandExecutionMode.SKIP()
        self.columns: dict[str, str] = {}
        self.answers: dict[str, str] = {}
        for name in [*TYPES.values(), *DECIMALS]:
            self.add_column(name)

    def add_column(self, name: str) -> str:
        if name not in self.columns:
            self.columns[name] = f"c{len(self.columns)}"
            self.view_is_stale = True
        return self.columns[name]

    def column(self, name: str) -> str:
        column = self.add_column(name)
        if self.view_is_stale:
            selected = ", ".join(f"{null_of(one)} AS {alias}" for one, alias in self.columns.items())
            self.spark.sql(f"SELECT {selected}").createOrReplaceTempView("every_type")
            self.view_is_stale = False
        return column

    def type_of_query(self, query: str) -> str:
        """The schema of a query in Spark's short form, or the class of the error."""
        if query not in self.answers:
            try:
                plan = self.state.sqlParser().parsePlan(query)
                self.answers[query] = self.state.executePlan(plan, self.mode).analyzed().schema().catalogString()
            except CapturedException as error:
                message = str(error)
                found = re.match(r"\[([A-Z_.0-9]+)\]", message)
                self.answers[query] = f"!{found.group(1) if found else message[:100]}"
            except Py4JJavaError:
                # Spark fails where it should refuse, such as get(true, 1).
                self.answers[query] = "!DATATYPE_MISMATCH"
        return self.answers[query]

    def plan_of(self, query: str) -> str:
        return self.state.executePlan(self.state.sqlParser().parsePlan(query), self.mode).analyzed().toString()

    def info(self, name: str):
        """What Spark says of a function; nothing for a form of its grammar."""
        try:
            identifier = self.spark._jvm.org.apache.spark.sql.catalyst.FunctionIdentifier(name)
            return self.state.catalog().lookupFunctionInfo(identifier)
        except CapturedException:
            return None

    def common_type(self, left: str, right: str) -> str | None:
        """The type that Spark widens both to where arguments must agree."""
        if left == right:
            return left
        found = self.type_of_query(f"SELECT coalesce({self.column(left)}, {self.column(right)}) AS x FROM every_type")
        if found == "!UNRESOLVED_COLUMN.WITH_SUGGESTION":
            raise RuntimeError(f"no column of type {left} or {right}")
        return None if found.startswith("!") else found[len("struct<x:") : -1]


def null_of(name: str) -> str:
    """A null of a type, also of those that CAST does not write."""
    if name == "interval":
        return "make_interval(CAST(NULL AS INT))"
    if name == "array<void>":
        return "array(NULL)"
    if name.startswith("array<") and "interval" in name:
        return f"array({null_of(name[6:-1])})"
    if name.startswith("map<") and ("interval" in name or "void" in name):
        key, value = split_types(name[4:-1])
        return f"map({null_of(key)}, {null_of(value)})"
    return f"CAST(NULL AS {name})"


def split_types(text: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth += (char in "<(") - (char in ">)")
        if char == "," and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]]


def base_type(parameter: Parameter) -> str | None:
    """The type that a parameter is asked with where another is in question; undefined for literals."""
    if parameter.sample is not None and "->" not in parameter.type:
        return None
    first = parameter.type.split(" or ")[0]
    if "->" in first:
        first = first.split("-> ")[1]
    return BASES.get(first, first)


def expanded(signature: Signature, full: bool) -> list[Parameter]:
    """The parameters of a call with as few arguments as there can be, or with all of them."""
    before = [one for one in signature.parameters[: signature.repeated_end]]
    behind = signature.parameters[signature.repeated_end :]
    repeated = before[len(before) - signature.repeated :] if signature.repeated else []
    if full:
        return [*before, *repeated, *behind]
    return [one for one in [*before, *behind] if one.group is None]


def call_text(function: Function, parameters: list[Parameter], arguments: list[str]) -> str:
    text = ""
    for at, (parameter, argument) in enumerate(zip(parameters, arguments)):
        separator = "" if at == 0 else ", " if parameter.separator == "," else f" {parameter.separator} "
        prefix = f"{parameter.prefix} " if parameter.prefix and parameter not in parameters[:at] else ""
        text += f"{separator}{prefix}{argument}"
    return f"{function.names[0]}({text})"


def query_of(function: Function, kind: str, call: str, judge: SparkJudge) -> str:
    name = function.names[0]
    if kind == "table":
        return f"SELECT * FROM {call}"
    if kind == "window":
        return f"SELECT {call} OVER (ORDER BY {judge.column('int')}) AS x FROM every_type"
    if name in ("grouping", "grouping_id"):
        return f"SELECT {call} AS x FROM every_type GROUP BY CUBE ({judge.column('int')})"
    if name == "window_time":
        return f"SELECT {call} AS x FROM (SELECT window({judge.column('timestamp')}, '1 hour') AS w FROM every_type)"
    if name in ("percentile_cont", "percentile_disc"):
        return f"SELECT {call} WITHIN GROUP (ORDER BY {judge.column('double')}) AS x FROM every_type"
    if kind == "generator":
        return f"SELECT {call} FROM every_type"
    return f"SELECT {call} AS x FROM every_type"


def lambda_of(parameter: Parameter, body: str) -> str:
    names = parameter.type.split(" -> ")[0]
    return f"{names if ',' in names else names.strip('()')} -> {body}"
