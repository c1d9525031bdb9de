// Text and bytes: cutting, searching, regular expressions, formatting, encoding, URLs and XML. The notation is explained in
// functionTable.ts.

export const stringFunctions = String.raw`
ascii | (str: string) | The code point of the first character. | ascii('A') = 65
base64 | (bin: binary) | The bytes written in Base64. | base64('abc') = 'YWJj'
bit_length | (expr: string or binary) | How many bits the text takes in UTF-8, or the bytes hold. | bit_length('ab') = 16
btrim | (str: string, [trimStr: string]) | Without the blanks, or without any of the given characters, at both ends. | btrim('xxaxx', 'x') = 'a'
length char_length character_length len | (expr: string or binary) | The number of characters of a text, blanks at the end included, or of bytes. | length('abc ') = 4
chr char | (expr: bigint) | The character with the given code; codes of 256 and more start again at 0. | chr(66) = 'B'
concat_ws | (sep: string, [str: string or array<string>], ...) | The texts joined with a separator between them, nulls left out. | concat_ws('-', 'a', null, 'b') = 'a-b'
contains | (left: string or binary, right: string or binary) | True when the second text occurs in the first. | contains('Spark SQL', 'SQL')
decode | (bin: binary, charset: string); (expr: T, search: T, result: R, ...2, [default: R]) | Bytes read as text in a character set; with more arguments, the result that stands behind the first search value equal to the expression. | decode(2, 1, 'a', 2, 'b') = 'b'
elt | (n: int, input: string or binary, ...) | The argument at a position, counted from 1. | elt(2, 'a', 'b') = 'b'
encode | (str: string, charset: string) | The bytes of the text in a character set. | encode('a', 'utf-8') = X'61'
endswith | (left: string or binary, right: string or binary) | True when the first text ends with the second. | endswith('Spark', 'rk')
find_in_set | (str: string, str_array: string) | The position of a text in a list separated by commas, counted from 1; 0 when it is not there. | find_in_set('b', 'a,b') = 2
format_number | (expr1: numeric, expr2: int or string) | The number as text, with commas between thousands and the given number of decimal places, or in a pattern. | format_number(12345.678, 1) = '12,345.7'
format_string printf | (strfmt: string, [obj: any], ...) | Values put into a text where it holds format specifiers like those of C. | format_string('%s has %d', 'a', 2) = 'a has 2'
initcap | (str: string) | The first letter of every word large, all others small; words are separated by white space. | initcap('hello wORLD') = 'Hello World'
instr | (str: string, substr: string) | The position of the first occurrence, counted from 1; 0 when there is none. | instr('Spark', 'ar') = 3
lower lcase | (str: string) | The text in small letters. | lower('Spark') = 'spark'
left | (str: string or binary, len: int) | The first characters of the text. | left('Spark', 2) = 'Sp'
levenshtein | (str1: string, str2: string, [threshold: int]) | How many characters must be changed, added or removed to turn one text into the other; -1 when more than the threshold. | levenshtein('book', 'back') = 2
like | (str: string, pattern: string) | True when the text fits a pattern in which % stands for any characters and _ for one; mostly written as an operator. | 'Spark' LIKE 'Sp%'
ilike | (str: string, pattern: string) | Like LIKE, without regard to upper and lower case. | 'Spark' ILIKE 'sp%'
locate | (substr: string, str: string, [pos: int]) | The position of the first occurrence at or behind pos, counted from 1; 0 when there is none. | locate('a', 'banana', 3) = 4
lpad | (str: string or binary, len: int, [pad: string or binary]) | Filled up on the left to a length, with blanks or the given text, or cut to it. | lpad('7', 3, '0') = '007'
ltrim | (str: string); (trimStr: string, str: string) | Without the blanks, or without any of the given characters, at the beginning. | ltrim('  a') = 'a'
luhn_check | (str: string) | True when a string of digits passes the Luhn check that card numbers carry. | luhn_check('4111111111111111')
mask | (input: string, [upperChar: string ~'A'], [lowerChar: string ~'a'], [digitChar: string ~'1'], [otherChar: string ~'-']) | The text with capital letters, small letters and digits replaced by X, x and n, or by the given characters; null keeps a kind as it is. | mask('Ab1-') = 'Xxn-'
octet_length | (expr: string or binary) | How many bytes the text takes in UTF-8, or the value holds. | octet_length('ab') = 2
overlay | (input: string or binary, replace: string or binary, pos: int, [len: int]); (input: string or binary PLACING replace: string or binary FROM pos: int FOR len: int); (input: string or binary PLACING replace: string or binary FROM pos: int) | The text with the part at a position, of the given length or that of the replacement, replaced. | overlay('Spark' PLACING 'ee' FROM 3) = 'Speek'
regexp_count | (str: string, regexp: string) | How many times a regular expression matches. | regexp_count('banana', 'an') = 2
regexp_extract | (str: string, regexp: string, [idx: int]) | What the first match captured: group 1 by default, 0 for the whole match; empty where nothing matches. | regexp_extract('a1b22', '([0-9]+)', 1) = '1'
regexp_extract_all | (str: string, regexp: string, [idx: int]) | What every match captured: group 1 by default, 0 for the whole match. | regexp_extract_all('a1b22', '([0-9]+)', 1) = array('1', '22')
regexp_instr | (str: string, regexp: string, [idx: int]) | Where the first match begins, counted from 1; 0 when there is none. | regexp_instr('a1', '[0-9]') = 2
regexp_replace | (str: string, regexp: string, rep: string, [position: int ~1]) | Every match of a regular expression replaced, from a position on; $1 in the replacement is the first group. | regexp_replace('a1b2', '[0-9]', '#') = 'a#b#'
regexp_substr | (str: string, regexp: string) | The first part of the text that a regular expression matches; null when there is none. | regexp_substr('a1b2', '[0-9]') = '1'
repeat | (str: string, n: int) | The text written n times. | repeat('ab', 2) = 'abab'
replace | (str: string, search: string, [replace: string]) | Every occurrence of a text replaced, or removed when no replacement is given. | replace('a-b', '-', '+') = 'a+b'
reverse | (array: string or array<T>) | The characters of a text, or the elements of an array, from the last to the first. | reverse('abc') = 'cba'
right | (str: string, len: int) | The last characters of the text. | right('Spark', 2) = 'rk'
rlike regexp regexp_like | (str: string, regexp: string) | True when a regular expression matches somewhere in the text. | rlike('Spark', '^S')
rpad | (str: string or binary, len: int, [pad: string or binary]) | Filled up on the right to a length, with blanks or the given text, or cut to it. | rpad('7', 3, '0') = '700'
rtrim | (str: string); (trimStr: string, str: string) | Without the blanks, or without any of the given characters, at the end. | rtrim('a  ') = 'a'
sentences | (str: string, [lang: string], [country: string]) | The text as an array of sentences, each an array of its words. | size(sentences('Hi there. You!')) = 2
soundex | (str: string) | A code of one letter and three digits that is the same for English words that sound alike. | soundex('Robert') = 'R163'
space | (n: int) | A text of n blanks. | length(space(3)) = 3
split | (str: string, regex: string, [limit: int]) | The parts between the matches of a regular expression, as an array; a positive limit is the most parts there can be. | split('a,b', ',') = array('a', 'b')
split_part | (str: string, delimiter: string, partNum: int) | One of the parts between delimiters, counted from 1, or from the end when negative; empty when there are not so many. | split_part('a.b.c', '.', 2) = 'b'
startswith | (left: string or binary, right: string or binary) | True when the first text begins with the second. | startswith('Spark', 'Sp')
substring substr | (str: string or binary, pos: int, [len: int]); (str: string or binary FROM pos: int FOR len: int); (str: string or binary FROM pos: int) | Part of a text, from a position on, for a length or to the end; positions count from 1, negative ones from the end. | substring('Spark', 2, 3) = 'par'
substring_index | (str: string, delim: string, count: int) | What stands before the given occurrence of a delimiter, or behind it when counted from the end by a negative number. | substring_index('a.b.c', '.', 2) = 'a.b'
to_binary | (str: string, [fmt: string ~'hex']) | The bytes that a text spells in hex, utf-8 or base64; hex is the default. | to_binary('41') = X'41'
to_char to_varchar | (numberExpr: decimal, formatExpr: string ~'999') | A number as text, in a format such as '$99.99'. | to_char(12, '99') = '12'
to_number | (expr: string, fmt: string ~'999') | A text read as a number in a format such as '$99.99'; the result is a decimal of that size. | to_number('$12', '$99') = 12
translate | (input: string, from: string, to: string) | Each character of the second text replaced by that at the same place of the third, or removed where there is none. | translate('abc', 'ab', 'x') = 'xc'
trim | (str: string); (trimStr: string FROM str: string); (BOTH trimStr: string FROM str: string); (LEADING trimStr: string FROM str: string); (TRAILING trimStr: string FROM str: string) | Without the blanks, or without any of the given characters, at both ends or the one that is named. | trim(BOTH 'x' FROM 'xax') = 'a'
try_to_binary | (str: string, [fmt: string ~'hex']) | The bytes that a text spells in hex, utf-8 or base64, or null where it does not. | try_to_binary('xyz', 'hex') IS NULL
try_to_number | (expr: string, fmt: string ~'999') | A text read as a number in a format such as '$99.99', or null where it does not fit. | try_to_number('a', '99') IS NULL
upper ucase | (str: string) | The text in capital letters. | upper('Spark') = 'SPARK'
unbase64 | (str: string) | The bytes that Base64 text stands for. | unbase64('YWJj') = X'616263'
position | (substr: string IN str: string); (substr: string, str: string, [pos: int]) | The position of the first occurrence, at or behind pos where it is given, counted from 1; 0 when there is none. | position('a' IN 'banana') = 2
parse_url | (url: string, partToExtract: string, [key: string]) | One part of a URL: HOST, PATH, QUERY, REF, PROTOCOL, FILE, AUTHORITY or USERINFO; of QUERY, the value of a key. | parse_url('http://a.org/b?c=d', 'QUERY', 'c') = 'd'
url_decode | (str: string) | A text with its percent signs and plus signs decoded as in a URL's query. | url_decode('a%20b') = 'a b'
url_encode | (str: string) | A text encoded for use in a URL's query. | url_encode('a b') = 'a+b'
xpath | (xml: string, xpath: string ~'a/b/text()') | The texts of all nodes that an XPath expression selects, as an array. | xpath('<a><b>1</b></a>', 'a/b/text()') = array('1')
xpath_boolean | (xml: string, xpath: string ~'a/b') | True when an XPath expression is true or selects a node. | xpath_boolean('<a><b>1</b></a>', 'a/b')
xpath_double xpath_number | (xml: string, xpath: string ~'sum(a/b)') | The number an XPath expression gives, as a double; 0 where nothing matches. | xpath_double('<a><b>1</b></a>', 'a/b') = 1
xpath_float | (xml: string, xpath: string ~'sum(a/b)') | The number an XPath expression gives, as a float; 0 where nothing matches. | xpath_float('<a><b>1</b></a>', 'a/b') = 1
xpath_int | (xml: string, xpath: string ~'sum(a/b)') | The whole number an XPath expression gives, as an int; 0 where nothing matches. | xpath_int('<a><b>1</b></a>', 'a/b') = 1
xpath_long | (xml: string, xpath: string ~'sum(a/b)') | The whole number an XPath expression gives, as a bigint; 0 where nothing matches. | xpath_long('<a><b>1</b></a>', 'a/b') = 1
xpath_short | (xml: string, xpath: string ~'sum(a/b)') | The whole number an XPath expression gives, as a smallint; 0 where nothing matches. | xpath_short('<a><b>1</b></a>', 'a/b') = 1
xpath_string | (xml: string, xpath: string ~'a/b') | The text of the first node that an XPath expression selects. | xpath_string('<a><b>1</b></a>', 'a/b') = '1'
`;
