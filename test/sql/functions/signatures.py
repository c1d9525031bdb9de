"""Reads the signatures of Spark's functions from the tables under server/src/sql/functions, in the notation of functionTable.ts."""

import pathlib
import re
from dataclasses import dataclass, field

TABLES = pathlib.Path(__file__).parents[3] / "server/src/sql/functions"


@dataclass(frozen=True)
class Parameter:
    name: str
    #: The words of the name in front, such as LEADING or DISTINCT.
    prefix: str
    type: str
    sample: str | None
    #: What stands between it and the parameter before: a comma or a word such as FROM.
    separator: str
    #: Optional parameters that come together share a number.
    group: int | None


@dataclass
class Signature:
    text: str
    parameters: list[Parameter] = field(default_factory=list)
    #: How many parameters before the dots are repeated, and the index of the first behind them.
    repeated: int = 0
    repeated_end: int = 0
    tail: str = ""

    @property
    def is_call(self) -> bool:
        return self.text.startswith("(")


@dataclass
class Function:
    names: list[str]
    signatures: list[Signature]
    summary: str
    example: str | None


def read_functions() -> list[Function]:
    functions = []
    for path in sorted(TABLES.glob("*Functions.ts")):
        body = re.search(r"String\.raw`\n(.*)`;", path.read_text("utf-8"), re.S).group(1)
        for line in body.splitlines():
            names, signatures, summary, *example = line.split(" | ")
            functions.append(
                Function(
                    names.split(),
                    [parse_signature(text) for text in re.split(r"; (?=\()", signatures)],
                    summary,
                    example[0] if example else None,
                )
            )
    return functions


def parse_signature(text: str) -> Signature:
    signature = Signature(text)
    if not signature.is_call:
        return signature
    end = next(at for at, depth in enumerate(depths(text)) if depth == 0 and at > 0)
    signature.tail = text[end + 1 :]
    group = 0
    separator = ","
    for written, before in split_items(text[1:end]):
        separator = before
        if written.startswith("..."):
            signature.repeated = int(written[3:] or 1)
            signature.repeated_end = len(signature.parameters)
        elif written.startswith("["):
            group += 1
            for item, inner in split_items(written[1:-1]):
                signature.parameters.append(parse_parameter(item, separator if inner == "," else inner, group))
                separator = ","
        elif written:
            signature.parameters.append(parse_parameter(written, separator, None))
    return signature


def parse_parameter(text: str, separator: str, group: int | None) -> Parameter:
    if text == "*":
        return Parameter("*", "", "", "*", separator, group)
    words, _, rest = text.partition(": ")
    type_text, _, sample = rest.partition(" ~")
    *prefix, name = words.split()
    return Parameter(name, " ".join(prefix), type_text, sample or None, separator, group)


def split_items(text: str) -> list[tuple[str, str]]:
    """The items between commas and words such as FROM, each with what stands before it."""
    items = []
    start = 0
    before = ","
    nesting = depths(text)
    for match in re.finditer(r",| (AS|FROM|FOR|IN|PLACING) ", text):
        if nesting[match.start()] > 0:
            continue
        items.append((text[start : match.start()].strip(), before))
        before = match.group(1) or ","
        start = match.end()
    items.append((text[start:].strip(), before))
    return [item for item in items if item[0]]


def depths(text: str) -> list[int]:
    """How deep in brackets or quotes each character stands; a closing bracket counts as outside of its own."""
    found = []
    depth = 0
    quoted = False
    for at, char in enumerate(text):
        if quoted:
            found.append(depth + 1)
            quoted = char != "'"
            continue
        quoted = char == "'"
        closes = char in ")]>" and not text[at - 1 : at + 1] == "->"
        depth += (char in "([<") - closes
        found.append(depth)
    return found
