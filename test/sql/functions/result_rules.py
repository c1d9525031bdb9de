"""Finds the shortest rule that tells the type of a call's result from the types of its arguments.

A rule is a type in which `$1` stands for the type of the first argument, `$1.e` for that of its elements, `$1.k` and `$1.v` for
those of its keys and values, `$1.e.2` for that of the second field of its elements, `w(a,b)` for the type that Spark widens both
to, and `c(a,b)` for what they make when they are joined end to end. `decimal(p+4,s+4)` counts from the size of the argument. The
first of several rules that fits the arguments counts. What they do not explain stands behind: `@1+2` names the arguments that
decide, and the exceptions the letters of their types.
"""

import itertools
import re
from collections.abc import Callable, Sequence

from spark_judge import TYPES, SparkJudge, split_types

Types = tuple[str | None, ...]
Observation = tuple[Types, str]
LETTERS = {name: letter for letter, name in TYPES.items()}


def find_rule(judge: SparkJudge, observations: Sequence[Observation], deciding: Sequence[int]) -> tuple[str, int]:
    """The rule with its exceptions, and how many of these there are."""
    best: tuple[int, int, str] | None = None
    for order, rule in enumerate(candidates(observations, deciding)):
        wrong = [one for one in observations if evaluate(judge, rule, one[0]) != one[1]]
        exceptions = exception_texts(wrong, deciding)
        score = len(exceptions)
        if best is None or score < best[0]:
            numbers = "+".join(str(at + 1) for at in deciding)
            best = (score, order, " ! ".join([rule, f"@{numbers}", *exceptions] if exceptions else [rule]))
        if score == 0:
            break
    assert best is not None
    return best[2], best[0]


def candidates(observations: Sequence[Observation], deciding: Sequence[int]) -> list[str]:
    results = [result for _, result in observations]
    constants = sorted(set(results), key=lambda one: (-results.count(one), one))
    found = constants[:1]
    ones = [f"${at + 1}" for at in deciding]
    found += [
        text.format(one)
        for one in ones
        for text in ["{0}", "{0}.e", "{0}.v", "{0}.k", "array<{0}>", "array<{0}.k>", "array<{0}.v>", "array<struct<key:{0}.k,value:{0}.v>>"]
    ]
    found += [text.format(one) for one in ones for text in ["map<{0}.e.1,{0}.e.2>", "array<{0}.e>", "{0}.e || {0}.v", "c({0})", "array<struct<x:{0},y:double>>"]]
    rows = "struct<{1}col:{0}.e> || struct<{1}key:{0}.k,value:{0}.v>"
    found += [rows.format(one, before) for one in ones for before in ("", "pos:int,")]
    for pair in itertools.permutations(ones, 2):
        left, right = pair
        found += [f"c({left},{right})"]
        found += [f"w({left},{right})", f"array<w({left},{right})>", f"array<w({left}.e,{right})>", f"array<w({left}.e,{right}.e)>"]
        found += [f"map<{left},{right}>", f"map<{left}.k,{right}>", f"map<{left},{right}.v>", f"map<{left}.e,{right}.e>"]
        found += [f"array<struct<x:{left},y:{right}>>"]
    if len(ones) > 2:
        joined = ",".join(ones)
        found += [f"c({joined})"]
        found += [f"w({joined})", f"array<w({joined})>", f"w({','.join(ones[1:])})", f"w({','.join(ones[:-1])})"]
    if len(ones) == 4:
        found += ["map<w({0},{2}),w({1},{3})>".format(*ones), "w({1},{3})".format(*ones)]
    return [*found, *constants[1:]]


def evaluate(judge: SparkJudge, rule: str, types: Types) -> str | None:
    """The type that a rule without exceptions gives; nothing where it does not fit the arguments."""
    if " || " in rule:
        return next((one for one in (evaluate(judge, part, types) for part in rule.split(" || ")) if one is not None), None)
    if rule.startswith("c("):
        return concatenated(judge, rule, types)
    if rule.startswith("w("):
        parts = [evaluate(judge, part, types) for part in split_types(rule[2:-1])]
        common = parts[0]
        for part in parts[1:]:
            common = judge.common_type(common, part) if common is not None and part is not None else None
        return common
    if rule.startswith("$"):
        number, *steps = rule[1:].split(".")
        found = types[int(number) - 1]
        for step in steps:
            found = part_of(found, step)
        return found
    opening = re.match(r"(array|map)<(.*)>$", rule)
    if opening is not None and "$" in rule:
        inner = [evaluate(judge, part, types) for part in split_types(opening.group(2))]
        return None if None in inner else f"{opening.group(1)}<{','.join(str(one) for one in inner)}>"
    if rule.startswith("struct<") and "$" in rule:
        named = [part.split(":", 1) for part in split_types(rule[7:-1])]
        found = [evaluate(judge, part, types) for _, part in named]
        return None if None in found else f"struct<{','.join(f'{name}:{one}' for (name, _), one in zip(named, found))}>"
    return rule


def concatenated(judge: SparkJudge, rule: str, types: Types) -> str | None:
    """Arrays make an array, bytes alone make bytes, and all else makes text."""
    parts = [evaluate(judge, part, types) for part in split_types(rule[2:-1])]
    if any(str(part).startswith("array<") for part in parts):
        return evaluate(judge, f"w{rule[1:]}", types)
    return "binary" if all(part == "binary" for part in parts) else "string"


def part_of(name: str | None, step: str) -> str | None:
    if name is None:
        return None
    if step == "e":
        return name[6:-1] if name.startswith("array<") else None
    if step in ("1", "2"):
        return split_types(name[7:-1])[int(step) - 1].split(":", 1)[1] if name.startswith("struct<") else None
    if not name.startswith("map<"):
        return None
    return split_types(name[4:-1])[0 if step == "k" else 1]


def exception_texts(wrong: Sequence[Observation], deciding: Sequence[int]) -> list[str]:
    keys: dict[str, list[str]] = {}
    decimals: list[tuple[str, str]] = []
    for types, result in wrong:
        decisive = [str(types[at]) for at in deciding]
        if len(decisive) == 1 and decisive[0].startswith("decimal("):
            decimals.append((decisive[0], result))
            continue
        key = "+".join(LETTERS.get(one, one) for one in decisive)
        if key not in keys.setdefault(result, []):
            keys[result].append(key)
    found = [f"{','.join(sorted(names))}={result}" for result, names in sorted(keys.items())]
    return [*found, *([f"m={decimal_rule(decimals)}"] if decimals else [])]


def decimal_rule(observed: Sequence[tuple[str, str]]) -> str:
    """How the size of a decimal follows from that of the argument: the first formula that gives all that was seen."""
    results = {result for _, result in observed}
    if len(results) == 1:
        return results.pop()
    for text, formula in decimal_formulas():
        if all(formula(*size_of(one)) == result for one, result in observed):
            return text
    return "?"


def decimal_formulas() -> list[tuple[str, Callable[[int, int], str]]]:
    def growing(a: int, b: int) -> Callable[[int, int], str]:
        return lambda p, s: f"decimal({min(p + a, 38)},{min(s + b, 38)})"

    def whole(a: int, b: int) -> Callable[[int, int], str]:
        return lambda p, s: f"decimal({min(p - s + a, 38)},{b})"

    sums = [(a, b) for a in range(0, 21) for b in range(0, 7)]
    return [
        *[(f"decimal({plus('p', a)},{plus('s', b)})", growing(a, b)) for a, b in sums],
        *[(f"decimal({plus('p-s', a)},{b})", whole(a, b)) for a, b in sums],
    ]


def plus(text: str, number: int) -> str:
    return text if number == 0 else f"{text}+{number}"


def size_of(name: str) -> tuple[int, int]:
    precision, scale = name[8:-1].split(",")
    return int(precision), int(scale)
