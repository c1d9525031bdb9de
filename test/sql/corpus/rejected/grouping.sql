SELECT count(*) FROM t GROUP BY ();
SELECT a FROM t GROUP BY CUBE ((a, b), ()), c;
