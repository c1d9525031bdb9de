SELECT * EXCEPT (a) FROM t;
SELECT t.* EXCEPT (a, b) FROM t;
SELECT * EXCEPT (a.b), c FROM t;
SELECT x.* EXCEPT (`a b`) FROM t x;
SELECT struct(* EXCEPT (a)) FROM t;
