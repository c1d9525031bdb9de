SELECT a << 2 FROM t;
SELECT a >> 2 FROM t;
SELECT a >>> 2 FROM t;
SELECT 1 << 2 + 3;
SELECT a & b << 1 FROM t;
SELECT a << 2, b >> 1 FROM t;
