"""Where a failure of Spark's belongs in the text of a step: from the contexts that Spark gives, from the words of its
message, from the traceback, from the names that the message is about."""

import ast
import re
from typing import Any, Dict, List, NamedTuple, Optional

from call_origins import CallOrigins
from literal_position import literal_position
from plan import Step
from python_position import (
    Extent,
    call_site_position,
    constant_position,
    extent_position,
    nodes_at,
    nodes_of,
    return_position,
    text_at,
    traceback_extent,
)
from sql_position import only_token, position_from_message, span_before_substitution, span_from_message, sql_position

_BACKTICKED = re.compile(r"`((?:[^`]|``)*)`")
# Parameters of messages that may be the name of a column.
_NAMING_PARAMETERS = ("expression", "columnName", "name", "objectName")


class Cause(NamedTuple):
    """One exception of the Java chain."""

    java_class: str
    message: str
    condition: Optional[str]
    parameters: Dict[str, str]
    contexts: List[Any]
    # The text that could not be parsed.
    command: Optional[str]


def spark_position(
    error: BaseException, chain: List[Cause], raw: str, step: Step, unknown: Optional[str], origins: Optional[CallOrigins]
) -> Optional[Dict[str, Any]]:
    if step.kind == "sql":
        return _query_position(error, chain, raw, step)
    raised = traceback_extent(error, step)
    made = None  # type: Optional[Extent]
    for context in [context for cause in chain for context in cause.contexts]:
        extent = origins.extent(context) if origins is not None else None
        made = made or extent
        text, start, stop = query_text(context), ask(context, "startIndex"), ask(context, "stopIndex")
        here = extent or raised
        if text and isinstance(start, int) and isinstance(stop, int) and not (extent and (text_at(extent, step) or "").startswith(text)):
            nodes = nodes_at(here, step) if here is not None else nodes_of(step)
            position = literal_position(nodes, text, start, stop + 1, step)
            if position is not None:
                return position
    for cause in chain:
        span = span_from_message(cause.command, cause.message) if cause.command else None
        if span is not None and raised is not None:
            position = literal_position(nodes_at(raised, step), str(cause.command), span[0], span[1], step)
            if position is not None:
                return position
    return _named_position([one for one in (raised, made) if one is not None], unknown, step) or _call_position(chain, raw, step, raised, made)


def ask(target: Any, method: str) -> Any:
    """The answer of a method that not every version has; None without it."""
    try:
        return getattr(target, method)()
    except Exception:
        return None


def query_text(context: Any) -> Optional[str]:
    """All of the SQL text that a context points into."""
    text = ask(ask(context, "sqlText"), "get")
    return text if isinstance(text, str) else None


def unquoted(name: str) -> str:
    parts = [part.replace("``", "`") for part in _BACKTICKED.findall(name)]
    return ".".join(parts) if parts else name


def _named_position(extents: List[Extent], name: Optional[str], step: Step) -> Optional[Dict[str, Any]]:
    if name is None:
        return None
    values = (name, name.split(".")[-1])
    found = (constant_position(nodes_at(extent, step), values, step) for extent in extents)
    return next((one for one in found if one is not None), None)


def _call_position(
    chain: List[Cause], raw: str, step: Step, raised: Optional[Extent], made: Optional[Extent]
) -> Optional[Dict[str, Any]]:
    extent = made or raised
    if extent is not None:
        return extent_position(extent, step)
    sites = [site for cause in chain for site in (ask(context, "callSite") for context in cause.contexts) if site]
    for site in sites:
        position = call_site_position(str(site), step)
        if position is not None:
            return position
    # `raise_error("words")`: Spark gives the words alone.
    return constant_position(nodes_of(step), (raw.strip(),), step)


def _query_position(error: BaseException, chain: List[Cause], raw: str, step: Step) -> Optional[Dict[str, Any]]:
    for cause in chain:
        span = span_from_message(cause.command, cause.message) if cause.command else None
        if span is not None:
            return sql_position(step.sql, *span_before_substitution(step.sql, str(cause.command), *span))
    # Other positions are those of a text in which Spark has filled in its variables, and which it does not tell.
    if "${" not in step.sql:
        position = _told_position(error, chain, raw, step)
        if position is not None:
            return position
    return _token_position(chain, raw, step)


def _told_position(error: BaseException, chain: List[Cause], raw: str, step: Step) -> Optional[Dict[str, Any]]:
    for context in [context for cause in chain for context in cause.contexts]:
        start, stop = ask(context, "startIndex"), ask(context, "stopIndex")
        if isinstance(start, int) and isinstance(stop, int) and not ask(context, "objectName"):
            position = sql_position(step.sql, start, stop + 1)
            if position is not None:
                return position
    texts = [raw] + [cause.message for cause in chain] + [str(error)]
    return next((found for found in (position_from_message(step.sql, text) for text in texts) if found is not None), None)


def _token_position(chain: List[Cause], raw: str, step: Step) -> Optional[Dict[str, Any]]:
    """The one column or text of the query that a message without a place is about."""
    words = raw.strip()
    position = only_token(step.sql, lambda token: token[:1] in "'\"" and token[1:-1] == words)
    if position is not None:
        return position
    names = [cause.parameters[key] for cause in chain for key in _NAMING_PARAMETERS if key in cause.parameters]
    for name in names:
        wanted = unquoted(name.strip('"')).lower()
        position = only_token(step.sql, lambda token: token.strip("`").lower() == wanted)
        if position is not None:
            return position
    return None


def result_position(step: Step) -> Optional[Dict[str, Any]]:
    """What the function returns, for what is wrong with that as a whole."""
    return return_position(step) if step.kind == "dataframe" else None
