SELECT a AS 'quoted', b "double" FROM t;
