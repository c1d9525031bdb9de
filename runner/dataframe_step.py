"""Rebuilds a DataFrame function the way Featureform's cluster does: from its bare code object, in the namespace of the
program that runs it. Module imports, helpers, constants, closures and default values of the definition do not travel."""

import builtins
import importlib
import linecache
import types
from typing import Any, Callable, Dict, List, Optional

from plan import Step
from python_position import parse_function

# The names that exist on the cluster by accident, because Featureform's own job script imports them. Each is
# (name, module, attribute); no attribute: the module itself. Those of other distributions are there if installed.
ACCIDENTAL_NAMES = (
    ("ABC", "abc", "ABC"),
    ("ArrayType", "pyspark.sql.types", "ArrayType"),
    ("DataFrame", "pyspark.sql", "DataFrame"),
    ("Decimal", "decimal", "Decimal"),
    ("DoubleType", "pyspark.sql.types", "DoubleType"),
    ("Enum", "enum", "Enum"),
    ("F", "pyspark.sql.functions", None),
    ("IntegerType", "pyspark.sql.types", "IntegerType"),
    ("List", "typing", "List"),
    ("Path", "pathlib", "Path"),
    ("SparkSession", "pyspark.sql", "SparkSession"),
    ("StringType", "pyspark.sql.types", "StringType"),
    ("StructField", "pyspark.sql.types", "StructField"),
    ("StructType", "pyspark.sql.types", "StructType"),
    ("Window", "pyspark.sql", "Window"),
    ("abstractmethod", "abc", "abstractmethod"),
    ("argparse", "argparse", None),
    ("asc", "pyspark.sql.functions", "asc"),
    ("base64", "base64", None),
    ("boto3", "boto3", None),
    ("col", "pyspark.sql.functions", "col"),
    ("datetime", "datetime", None),
    ("dill", "dill", None),
    ("importlib", "importlib", None),
    ("io", "io", None),
    ("json", "json", None),
    ("logging", "logging", None),
    ("os", "os", None),
    ("sys", "sys", None),
    ("time", "time", None),
    ("types", "types", None),
    ("urlparse", "urllib.parse", "urlparse"),
    ("uuid", "uuid", None),
    ("when", "pyspark.sql.functions", "when"),
)


def rebuild_function(step: Step) -> Callable[..., Any]:
    """Raises SyntaxError at the place in the user's file, or LookupError when the text does not define the function."""
    module = compile(parse_function(step), step.file_name, "exec", dont_inherit=True)
    code = _code_named(module, step.function_name)
    if code is None:
        raise LookupError("The definition has no function %s." % step.function_name)
    _remember_source(step)
    return types.FunctionType(code, cluster_namespace(), "df_transformation")


def cluster_namespace() -> Dict[str, Any]:
    """New for each step, as on the cluster, where each step is a program of its own."""
    # The name makes Spark send the functions inside to its workers by value; there is no module to import them from.
    namespace = {"__builtins__": builtins, "__name__": "__main__"}  # type: Dict[str, Any]
    for name, module_name, attribute in ACCIDENTAL_NAMES:
        try:
            module = importlib.import_module(module_name)
        except ImportError:
            continue
        namespace[name] = module if attribute is None else getattr(module, attribute)
    return namespace


def _code_named(module: types.CodeType, name: str) -> Optional[types.CodeType]:
    for constant in module.co_consts:
        if isinstance(constant, types.CodeType) and constant.co_name == name:
            return constant
    return None


def _remember_source(step: Step) -> None:
    """Lets tracebacks print the line that was run, which may not be saved yet."""
    lines = ["\n"] * (step.first_line - 1)  # type: List[str]
    lines.extend(step.source.splitlines(True))
    linecache.cache[step.file_name] = (len(step.source), None, lines, step.file_name)
