"""Where in a SQL text Spark says something is wrong. Spark counts code points; the positions given out are UTF-16 units."""

import re
from typing import Any, Dict, Optional, Tuple

_TOKEN = re.compile(
    r"""(?P<skip>\s+|--[^\n]*|/\*.*?\*/)
      | [^\W\d]\w* | \d[\w.]*
      | '(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*" | `(?:[^`]|``)*`
      | <=> | <= | >= | <> | != | == | \|\| | :: | -> | .""",
    re.VERBOSE | re.DOTALL,
)
_PARSE = re.compile(r"\(line (\d+), pos (\d+)\)")
_ANALYSIS = re.compile(r"; ?line (\d+) pos (\d+)")
_RUNTIME = re.compile(r"== SQL ?(?:of [^\n]*)?\(line (\d+), position \d+\) ==\n([^\n]*)\n([^\n^]*)(\^+)")


def sql_position(sql: str, start: int, end: int) -> Optional[Dict[str, Any]]:
    """A position from code point offsets, the end excluded; None where they are not of this text."""
    if not 0 <= start < end <= len(sql):
        return None
    return {"kind": "sql", "start": utf16_length(sql[:start]), "end": utf16_length(sql[:end])}


def position_from_message(sql: str, message: str) -> Optional[Dict[str, Any]]:
    """The position that a message names as text: all there is before Spark 3.4, and for syntax errors in 3.5."""
    runtime = _RUNTIME.search(message)
    if runtime is not None:
        line, text, before, carets = int(runtime.group(1)), runtime.group(2), runtime.group(3), runtime.group(4)
        start = _line_start(sql, line)
        if start is not None and sql.startswith(text, start):
            return sql_position(sql, start + len(before), min(start + len(before) + len(carets), len(sql)))
    named = _PARSE.search(message) or _ANALYSIS.search(message)
    if named is None:
        return None
    start = _line_start(sql, int(named.group(1)))
    if start is None:
        return None
    return sql_position(sql, *_token_at(sql, start + int(named.group(2))))


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _line_start(sql: str, line: int) -> Optional[int]:
    start = 0
    for _ in range(line - 1):
        start = sql.find("\n", start) + 1
        if start == 0:
            return None
    return start


def _token_at(sql: str, offset: int) -> Tuple[int, int]:
    """The token that covers the offset; the last one of the text where it points behind all of them."""
    last = (0, 0)
    for match in _TOKEN.finditer(sql):
        if match.group("skip") is None:
            last = match.span()
            if match.end() > offset:
                # An offset in white space or a comment belongs to the token behind it.
                return last
    return last
