SELECT struct(a AS b, c d), f(a AS b), array(1 AS x) FROM t;
