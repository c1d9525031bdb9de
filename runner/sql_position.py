"""Where in a SQL text Spark says something is wrong. Spark counts code points; the positions given out are UTF-16 units."""

import re
from typing import Any, Callable, Dict, Optional, Tuple

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
    span = span_from_message(sql, message)
    return None if span is None else sql_position(sql, *span)


def span_from_message(sql: str, message: str) -> Optional[Tuple[int, int]]:
    """The same as code point offsets."""
    runtime = _RUNTIME.search(message)
    if runtime is not None:
        line, text, before, carets = int(runtime.group(1)), runtime.group(2), runtime.group(3), runtime.group(4)
        start = _line_start(sql, line)
        if start is not None and sql.startswith(text, start):
            return start + len(before), min(start + len(before) + len(carets), len(sql))
    named = _PARSE.search(message) or _ANALYSIS.search(message)
    if named is None:
        return None
    start = _line_start(sql, int(named.group(1)))
    return None if start is None else _token_at(sql, start + int(named.group(2)))


def span_before_substitution(sql: str, parsed: str, start: int, end: int) -> Tuple[int, int]:
    """Spark fills in `${variables}` before it parses: a span of what it parsed, as one of what was written."""
    if parsed == sql:
        return start, end
    same = next((index for index, (a, b) in enumerate(zip(sql, parsed)) if a != b), min(len(sql), len(parsed)))
    rest = 0
    while rest < min(len(sql), len(parsed)) - same and sql[-1 - rest] == parsed[-1 - rest]:
        rest += 1

    def place(offset: int, filled: int) -> int:
        if offset <= same:
            return offset
        return len(sql) - (len(parsed) - offset) if offset >= len(parsed) - rest else filled

    return place(start, same), place(end, len(sql) - rest)


def only_token(sql: str, matches: Callable[[str], bool]) -> Optional[Dict[str, Any]]:
    """The place of the one token, comments left out, that is meant; None where there are several."""
    found = [match.span() for match in _TOKEN.finditer(sql) if match.group("skip") is None and matches(match.group(0))]
    return sql_position(sql, *found[0]) if len(found) == 1 else None


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
    # A text of comments alone is wrong as a whole.
    last = (0, len(sql))
    for match in _TOKEN.finditer(sql):
        if match.group("skip") is None:
            last = match.span()
            if match.end() > offset:
                # An offset in white space or a comment belongs to the token behind it.
                return last
    return last
