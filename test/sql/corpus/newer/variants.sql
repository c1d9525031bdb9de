SELECT a:b FROM t;
SELECT a:b.c FROM t;
SELECT a:b[0].c::int FROM t;
SELECT a:['b'] FROM t;
SELECT t.a:b:c FROM t;
SELECT parse_json(j):x FROM t;
SELECT a:b::int FROM t;
