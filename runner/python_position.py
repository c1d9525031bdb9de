"""Where in the user's function something went wrong. Lines are one-based and of the user's file, characters are
zero-based UTF-16 units. Columns are known from Python 3.11 on, or where the name in question stands only once."""

import ast
import os
import re
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Tuple

from plan import Step
from sql_position import utf16_length

_FRAME = re.compile(r'^\s*File "(?P<file>[^\n]*)", line (?P<line>\d+)', re.MULTILINE)
# What ends a line for Python; `splitlines` knows more.
_LINE_END = re.compile(r"\r\n|\r|\n")
_CALL_SITE = re.compile(r"(?P<file>.*):(?P<line>\d+)\Z", re.DOTALL)


class Extent(NamedTuple):
    """Lines one-based, columns in UTF-8 bytes, as Python counts them; no columns: the whole line."""

    line: int
    column: Optional[int] = None
    end_line: Optional[int] = None
    end_column: Optional[int] = None


def traceback_position(error: BaseException, step: Step, name: Optional[str]) -> Optional[Dict[str, Any]]:
    """The innermost frame in the user's file. `name`: a column that the message is about, underlined if it is found."""
    extent = None
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename == step.file_name:
            extent = _extent(code, trace.tb_lineno, trace.tb_lasti)
        trace = trace.tb_next
    return None if extent is None else _position(extent, step, name)


def worker_position(text: str, step: Step) -> Optional[Dict[str, Any]]:
    """The same from the text of a traceback, which is all that comes back from a worker of Spark."""
    lines = [int(match.group("line")) for match in _FRAME.finditer(text) if match.group("file") == step.file_name]
    return _position(Extent(lines[-1]), step, None) if lines else None


def call_site_position(call_site: str, step: Step) -> Optional[Dict[str, Any]]:
    """The place of a DataFrame call that Spark 4 remembers."""
    match = _CALL_SITE.match(call_site)
    if match is None or match.group("file") not in (step.file_name, os.path.basename(step.file_name)):
        return None
    return _position(Extent(int(match.group("line"))), step, None)


def syntax_position(error: SyntaxError, step: Step) -> Optional[Dict[str, Any]]:
    if error.filename != step.file_name or not error.lineno:
        return None
    text = _line(step, error.lineno)
    if text is None:
        return None
    # Python's offset is one-based and counts characters, here and there one behind the end of the line.
    column = min(max((error.offset or 1) - 1, 0), max(len(text) - 1, 0))
    return {
        "kind": "python",
        "fileName": step.file_name,
        "line": error.lineno,
        "character": utf16_length(text[:column]),
        "endLine": error.lineno,
        "endCharacter": utf16_length(text),
    }


def return_position(step: Step) -> Optional[Dict[str, Any]]:
    """The value of the only `return` of the function, if there is just one."""
    function = _function(step)
    returns = [] if function is None else [node for node in _own_nodes(function) if isinstance(node, ast.Return)]
    if len(returns) != 1:
        return None
    return _node_position(returns[0].value or returns[0], step)


def parse_function(step: Step) -> ast.Module:
    """The tree of the definition, each node at its line and column in the user's file.

    An indented `def` (in a class, a function or a notebook's cell) stands under an `if`, so that columns stay exact.
    Raises SyntaxError with the line in the user's file.
    """
    indented = step.source[:1] in (" ", "\t")
    shift = step.first_line - (2 if indented else 1)
    try:
        tree = ast.parse(("if True:\n" if indented else "") + step.source, step.file_name)
    except SyntaxError as error:
        if error.lineno is not None:
            error.lineno += shift
        raise
    ast.increment_lineno(tree, shift)
    return tree


def _extent(code: Any, line: int, instruction: int) -> Extent:
    if hasattr(code, "co_positions") and instruction >= 0:
        for index, (start, end, column, end_column) in enumerate(code.co_positions()):
            if index == instruction // 2:
                if None not in (start, end, column, end_column):
                    return Extent(start, column, end, end_column)
                break
    return Extent(line)


def _position(extent: Extent, step: Step, name: Optional[str]) -> Optional[Dict[str, Any]]:
    node = _failing_node(extent, step)
    if name is not None:
        found = list(_naming(node, extent, step, name))
        if len(found) == 1:
            return _node_position(found[0], step)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        # Of `a.b().c()` the part from `c` on: the rest did its work.
        attribute = node.func
        start = (attribute.end_col_offset or 0) - len(attribute.attr.encode("utf-8"))
        extent = Extent(attribute.end_lineno or node.lineno, start, node.end_lineno, node.end_col_offset)
    if extent.column is None or extent.end_line is None or extent.end_column is None:
        known = _line(step, extent.line) is not None
        return {"kind": "python", "fileName": step.file_name, "line": extent.line} if known else None
    return _range(extent.line, extent.column, extent.end_line, extent.end_column, step)


def _failing_node(extent: Extent, step: Step) -> Optional[ast.AST]:
    if extent.column is None:
        return None
    wanted = (extent.line, extent.column, extent.end_line, extent.end_column)
    for node in _nodes(step):
        if isinstance(node, ast.expr) and _bounds(node) == wanted:
            return node
    return None


def _naming(node: Optional[ast.AST], extent: Extent, step: Step, name: str) -> Iterator[ast.AST]:
    """The string constants that name the column: in the failing expression, or in the statement of the line."""
    last = name.split(".")[-1]
    within = ast.walk(node) if node is not None else _statement_nodes(extent.line, step)
    for one in within:
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value in (name, last):
            yield one


def _statement_nodes(line: int, step: Step) -> List[ast.AST]:
    statements = [
        node for node in _nodes(step) if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    if not statements:
        return []
    return list(ast.walk(min(statements, key=lambda node: (node.end_lineno or node.lineno) - node.lineno)))


def _nodes(step: Step) -> Iterator[ast.AST]:
    try:
        return ast.walk(parse_function(step))
    except SyntaxError:
        return iter(())


def _function(step: Step) -> Optional[ast.AST]:
    for node in _nodes(step):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == step.function_name:
            return node
    return None


def _own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function without those of functions and classes inside it."""
    for child in ast.iter_child_nodes(function):
        yield child
        if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            yield from _own_nodes(child)


def _bounds(node: ast.expr) -> Tuple[int, int, Optional[int], Optional[int]]:
    return (node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)


def _node_position(node: Any, step: Step) -> Optional[Dict[str, Any]]:
    return _range(node.lineno, node.col_offset, node.end_lineno, node.end_col_offset, step)


def _range(line: int, column: int, end_line: int, end_column: int, step: Step) -> Optional[Dict[str, Any]]:
    """A position from lines of the file and columns in bytes."""
    first, last = _line(step, line), _line(step, end_line)
    if first is None or last is None:
        return None
    return {
        "kind": "python",
        "fileName": step.file_name,
        "line": line,
        "character": utf16_length(_before(first, column)),
        "endLine": end_line,
        "endCharacter": utf16_length(_before(last, end_column)),
    }


def _before(text: str, column: int) -> str:
    return text.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "ignore")


def _line(step: Step, line: int) -> Optional[str]:
    lines = _LINE_END.split(step.source)
    index = line - step.first_line
    return lines[index] if 0 <= index < len(lines) else None
