SELECT 'a' AS "quoted", "b" FROM t;
