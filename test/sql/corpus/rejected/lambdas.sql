SELECT transform(a, (x) -> x) FROM t;
