"""Where in the user's function something went wrong. Lines are one-based and of the user's file, characters are
zero-based UTF-16 units. Columns are known from Python 3.11 on, or where the name in question stands only once."""

import ast
import os
import re
from typing import Any, Dict, Iterable, Iterator, List, NamedTuple, Optional, Tuple

from plan import Step
from sql_position import utf16_length

_FRAME = re.compile(r'^\s*File "(?P<file>[^\n]*)", line (?P<line>\d+)', re.MULTILINE)
# What ends a line for Python; `splitlines` knows more.
_LINE_END = re.compile(r"\r\n|\r|\n")
_DRAWN = re.compile(r"[^\n]*\n(?P<margin>[ \t]*)(?P<line>\S[^\n]*)\n(?P<before>[ \t]*)(?P<marks>[~^]+)[ \t]*(?:\n|\Z)")
_CALL_SITE = re.compile(r"(?P<file>.*):(?P<line>\d+)\Z", re.DOTALL)


class Extent(NamedTuple):
    """Lines one-based, columns in UTF-8 bytes, as Python counts them; no columns: the whole line."""

    line: int
    column: Optional[int] = None
    end_line: Optional[int] = None
    end_column: Optional[int] = None


def traceback_extent(error: BaseException, step: Step) -> Optional[Extent]:
    """The innermost frame in the user's file."""
    extent = None
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename == step.file_name:
            extent = code_extent(code, trace.tb_lineno, trace.tb_lasti)
        trace = trace.tb_next
    return extent


def extent_position(extent: Extent, step: Step) -> Optional[Dict[str, Any]]:
    """Of a chain `a.b().c()` the part from `c` on, since the rest did its work; otherwise all of the extent."""
    node = _failing_node(extent, step)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        attribute = node.func
        start = (attribute.end_col_offset or 0) - len(attribute.attr.encode("utf-8"))
        extent = Extent(attribute.end_lineno or node.lineno, start, node.end_lineno, node.end_col_offset)
    if extent.column is None or extent.end_line is None or extent.end_column is None:
        known = line_text(step, extent.line) is not None
        return {"kind": "python", "fileName": step.file_name, "line": extent.line} if known else None
    return _range(extent.line, extent.column, extent.end_line, extent.end_column, step)


def constant_position(nodes: Iterable[ast.AST], values: Tuple[str, ...], step: Step) -> Optional[Dict[str, Any]]:
    """The only string constant among the nodes that has one of these values."""
    found = [node for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in values]
    return node_position(found[0], step) if len(found) == 1 else None


def nodes_at(extent: Extent, step: Step) -> List[ast.AST]:
    """What the expression at the extent is made of; without columns, the statement of the line."""
    node = _failing_node(extent, step)
    return list(ast.walk(node)) if node is not None else _statement_nodes(extent.line, step)


def nodes_of(step: Step) -> Iterator[ast.AST]:
    try:
        return ast.walk(parse_function(step))
    except SyntaxError:
        return iter(())


def text_at(extent: Extent, step: Step) -> Optional[str]:
    """What stands at the extent, or on its line."""
    if extent.column is None or extent.end_line is None or extent.end_column is None:
        line = line_text(step, extent.line)
        return None if line is None else line.strip()
    lines = [line_text(step, number) for number in range(extent.line, extent.end_line + 1)]
    if None in lines:
        return None
    texts = [str(one).encode("utf-8", "surrogatepass") for one in lines]
    texts[-1] = texts[-1][: extent.end_column]
    texts[0] = texts[0][extent.column :]
    return b"\n".join(texts).decode("utf-8", "ignore")


def worker_position(text: str, step: Step) -> Optional[Dict[str, Any]]:
    """The same from the text of a traceback, which is all that comes back from a worker of Spark."""
    frames = [match for match in _FRAME.finditer(text) if match.group("file") == step.file_name]
    if not frames:
        return None
    line = int(frames[-1].group("line"))
    return extent_position(_drawn_extent(line, text[frames[-1].end() :], step) or Extent(line), step)


def _drawn_extent(line: int, drawing: str, step: Step) -> Optional[Extent]:
    """What Python 3.11 and later underline in a traceback, where they print the line that was run."""
    drawn = _DRAWN.match(drawing)
    written = line_text(step, line)
    if drawn is None or written is None or drawn.group("line").strip() != written.strip():
        return None
    margin = len(written) - len(written.lstrip())
    start = margin + len(drawn.group("before")) - len(drawn.group("margin"))
    end = start + len(drawn.group("marks"))
    return Extent(line, len(written[:start].encode("utf-8")), line, len(written[:end].encode("utf-8"))) if start >= margin else None


def call_site_position(call_site: str, step: Step) -> Optional[Dict[str, Any]]:
    """The place of a DataFrame call that Spark 4 remembers."""
    match = _CALL_SITE.match(call_site)
    if match is None or match.group("file") not in (step.file_name, os.path.basename(step.file_name)):
        return None
    return extent_position(Extent(int(match.group("line"))), step)


def syntax_position(error: SyntaxError, step: Step) -> Optional[Dict[str, Any]]:
    if error.filename != step.file_name or not error.lineno:
        return None
    text = line_text(step, error.lineno)
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


def return_position(step: Step, certain: bool = False) -> Optional[Dict[str, Any]]:
    """The value of the only `return` of the function, if there is just one. `certain`: and if nothing leads past it."""
    function = _function(step)
    returns = [] if function is None else [node for node in _own_nodes(function) if isinstance(node, ast.Return)]
    if len(returns) != 1 or (certain and returns[0] is not function.body[-1]):
        return None
    return node_position(returns[0].value or returns[0], step)


def call_position(step: Step, method: str) -> Optional[Dict[str, Any]]:
    """The only call of a method of this name."""
    calls = [node for node in nodes_of(step) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    found = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == method]
    return node_position(found[0], step) if len(found) == 1 else None


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


def code_extent(code: Any, line: int, instruction: int) -> Extent:
    """The expression that an instruction belongs to, or only its line."""
    if hasattr(code, "co_positions") and instruction >= 0:
        for index, (start, end, column, end_column) in enumerate(code.co_positions()):
            if index == instruction // 2:
                if None not in (start, end, column, end_column):
                    return Extent(start, column, end, end_column)
                break
    return Extent(line)


def _failing_node(extent: Extent, step: Step) -> Optional[ast.AST]:
    if extent.column is None:
        return None
    wanted = (extent.line, extent.column, extent.end_line, extent.end_column)
    for node in nodes_of(step):
        if isinstance(node, ast.expr) and _bounds(node) == wanted:
            return node
    return None


def _statement_nodes(line: int, step: Step) -> List[ast.AST]:
    statements = [
        node for node in nodes_of(step) if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    if not statements:
        return []
    return list(ast.walk(min(statements, key=lambda node: (node.end_lineno or node.lineno) - node.lineno)))


def _function(step: Step) -> Any:
    for node in nodes_of(step):
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


def node_position(node: Any, step: Step) -> Optional[Dict[str, Any]]:
    return _range(node.lineno, node.col_offset, node.end_lineno, node.end_col_offset, step)


def _range(line: int, column: int, end_line: int, end_column: int, step: Step) -> Optional[Dict[str, Any]]:
    """A position from lines of the file and columns in bytes."""
    first, last = line_text(step, line), line_text(step, end_line)
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


def line_text(step: Step, line: int) -> Optional[str]:
    lines = _LINE_END.split(step.source)
    index = line - step.first_line
    return lines[index] if 0 <= index < len(lines) else None
