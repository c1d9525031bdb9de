SELECT a::int FROM t;
SELECT '1'::int + 1;
SELECT a::decimal(10, 2), b::array<int> FROM t;
SELECT (a + b)::string FROM t;
SELECT a::string::int FROM t;
SELECT m['k']::double FROM t;
SELECT cast(a AS variant), a::variant FROM t;
SELECT cast(a AS string COLLATE UTF8_LCASE) FROM t;
