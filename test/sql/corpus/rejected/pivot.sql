SELECT * FROM (SELECT year(d) AS y, v FROM t) PIVOT (sum(v) FOR y IN (2023, 2024)) AS p;
SELECT * FROM t PIVOT (count(*) FOR k IN (1)) p (a, b);
SELECT * FROM t UNPIVOT (v FOR k IN (a)) u (x, y);
SELECT * FROM a JOIN b PIVOT (sum(v) FOR k IN (1, 2)) ON true;
