"""Where in the user's file a piece of SQL stands that a DataFrame function hands over as a text: `df.where("a = 1")`."""

import ast
from typing import Any, Dict, Iterable, Optional

from plan import Step
from python_position import line_text, node_position
from sql_position import utf16_length

_QUOTES = ('"""', "'''", '"', "'")


def literal_position(nodes: Iterable[ast.AST], text: str, start: int, end: int, step: Step) -> Optional[Dict[str, Any]]:
    """The place of `text[start:end]` in the only literal among the nodes that has this text; all of the literal where it does
    not stand in the file as it is: with escapes, in several parts."""
    found = [one for one in nodes if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value == text]
    if len(found) != 1:
        return None
    return _within(found[0], start, end, step) or node_position(found[0], step)


def _within(node: Any, start: int, end: int, step: Step) -> Optional[Dict[str, Any]]:
    lines = [line_text(step, number) for number in range(node.lineno, node.end_lineno + 1)]
    if None in lines:
        return None
    first, last = str(lines[0]).encode("utf-8"), str(lines[-1]).encode("utf-8")
    before = len(first[: node.col_offset].decode("utf-8"))
    # Line ends are one character in a value, whatever they are in the file.
    written = "\n".join(str(one) for one in lines)
    written = written[: len(written) - len(last[node.end_col_offset :].decode("utf-8"))]
    content = before + len(written[before:]) - len(written[before:].lstrip("rRuUbBfF"))
    quote = next((one for one in _QUOTES if written.startswith(one, content)), None)
    if quote is None or written[content + len(quote) : len(written) - len(quote)] != node.value or not 0 <= start < end:
        return None
    content += len(quote)
    (line, character), (end_line, end_character) = _place(written, content + start), _place(written, content + end)
    return {
        "kind": "python",
        "fileName": step.file_name,
        "line": node.lineno + line,
        "character": character,
        "endLine": node.lineno + end_line,
        "endCharacter": end_character,
    }


def _place(text: str, offset: int) -> "tuple":
    before = text[:offset]
    return before.count("\n"), utf16_length(before[before.rfind("\n") + 1 :])
