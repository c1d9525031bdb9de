SELECT 1 -- one
;
-- first
SELECT 1;
SELECT /* a */ 1 /* b */;
SELECT /* a /* nested */ b */ 1;
/* a
   b */ SELECT 1 /**/;
SELECT 1 -- the end;
-- a continued \
line
SELECT 1;
SELECT 1 /* -- */ + 2 -- /* not open
;
SELECT 1/*/* x */*/+2;
SELECT --1
 2;
SELECT 'a' /* between */ 'b';
SELECT/**/1/**/AS/**/a;
SELECT 1 /* a ' quote */, 2 -- another ' quote
;
SELECT 1 /***/, 2 /* * / */, 3 /* // */;
SELECT a /* ; */ FROM t;
SELECT a --
FROM t --
;
