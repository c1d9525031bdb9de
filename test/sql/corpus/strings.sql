SELECT 'a', "a", 'it''s', "say ""hi""";
SELECT 'a\'b', "a\"b", 'a\\b', '\n\t\r\0\b\Z', '\u0041', '\101', '\%\_';
SELECT 'a' 'b', 'a' "b" 'c', "a" "b";
SELECT 'a'
  'b';
SELECT r'raw\n', R"raw\d", r'\';
SELECT 'é', '日本語', '😀', 'a
multi line
string';
SELECT '', "", '''', """";
SELECT 'a' || 'b' || c FROM t;
SELECT '-- no comment', '/* none */', "it's", '"', '`';
SELECT '${not}', '{{neither}}', '%s', '$1';
SELECT upper('a' 'b'), concat('a', "b");
SELECT 'a;b', "c;d";
SELECT 'trailing backslash \\';
SELECT '\U0001F600', '\x41';
