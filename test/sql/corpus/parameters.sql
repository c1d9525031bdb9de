SELECT * FROM t WHERE a = :a;
SELECT * FROM t WHERE a = ? AND b = ?;
SELECT :a + :b AS c, :`x y`, : spaced;
SELECT * FROM t LIMIT :n OFFSET :m;
SELECT * FROM t WHERE a IN (:x, :y) AND b BETWEEN :from AND :to;
SELECT transform(a, x -> x + :n), m[:key], cast(:v AS int) FROM t;
SELECT ? AS a, ?, -?, (?) FROM t WHERE ? ORDER BY ? LIMIT ?;
SELECT * FROM IDENTIFIER(:tab) WHERE IDENTIFIER(:col) = 1;
SELECT IDENTIFIER(?)(1);
