"""Prints, as JSON, what the local Spark says: all names of functions, which examples are true, and the types of a random sample of calls."""

import json
import random
import sys

from observe_functions import Observer, is_fixed
from signatures import read_functions
from spark_judge import ALL_LETTERS, TYPES, base_type, call_text, expanded, query_of

EXAMPLES_AT_ONCE = 40


def main(seed: int, count: int) -> None:
    observer = Observer()
    judge = observer.judge
    functions = read_functions()
    chosen = random.Random(seed)
    kinds: dict[str, str] = {}
    calls = []
    candidates = [
        (function, number, signature, full)
        for function in functions
        for number, signature in enumerate(one for one in function.signatures if one.is_call)
        for full in (False, True)
        if function.names[0] not in ("grouping", "grouping_id", "java_method", "window_time")
    ]
    for function, number, signature, full in chosen.choices(candidates, k=count):
        name = function.names[0]
        kind = kinds[name] = kinds.get(name) or observer.kind_of(function)
        parameters = expanded(signature, full)
        types = [None if is_fixed(one) else base_type(one) for one in parameters]
        open_places = [at for at, one in enumerate(types) if one is not None]
        # Where all are of any type Spark refuses nearly everything.
        for at in chosen.sample(open_places, min(len(open_places), chosen.choice([1, 1, 2]))):
            types[at] = TYPES[chosen.choice(ALL_LETTERS)]
        arguments = [observer.argument(one, name_of) for one, name_of in zip(parameters, types)]
        query = query_of(function, kind, call_text(function, parameters, arguments), judge)
        found = judge.type_of_query(query)
        result = None if found.startswith("!") else found if kind in ("generator", "table") else found[len("struct<x:") : -1]
        calls.append({"name": name, "signature": number, "full": full, "types": types, "result": result, "query": query})
    print(json.dumps({"names": all_names(observer), "wrong": wrong_examples(observer, functions), "calls": calls, "common": common(observer)}))


def all_names(observer: Observer) -> list[str]:
    rows = observer.judge.spark.sql("SHOW FUNCTIONS").collect()
    return sorted(row.function for row in rows if row.function.replace("_", "a").isalnum())


def wrong_examples(observer: Observer, functions) -> list[str]:
    examples = [one.example for one in functions if one.example]
    wrong = []
    for start in range(0, len(examples), EXAMPLES_AT_ONCE):
        some = examples[start : start + EXAMPLES_AT_ONCE]
        row = observer.judge.spark.sql("SELECT " + ", ".join(f"({one})" for one in some)).first()
        wrong += [example for example, value in zip(some, row) if value is not True]
    return wrong


def common(observer: Observer) -> list[tuple[str, str, str | None]]:
    """The type that each pair of types is widened to."""
    names = [*TYPES.values(), "decimal(20,5)", "decimal(38,10)", "decimal(5,0)"]
    return [(one, other, observer.judge.common_type(one, other)) for one in names for other in names]


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
