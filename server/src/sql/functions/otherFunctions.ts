// Conditions, predicates, conversions of type, and what tells of the session, the files that are read and errors. The notation
// is explained in functionTable.ts.

export const otherFunctions = String.raw`
coalesce | (expr: T, ...) | The first argument that is not null; null when all are. | coalesce(null, 1) = 1
if | (condition: boolean, whenTrue: T, otherwise: T) | The second argument when the condition is true, otherwise the third. | if(5 > 3, 'yes', 'no') = 'yes'
ifnull nvl | (expr1: T, expr2: T) | The first argument, or the second where that is null. | ifnull(null, 1) = 1
nanvl | (expr1: double, expr2: double) | The first number, or the second where that is NaN. | nanvl(double('NaN'), 1) = 1
nullif | (expr1: T, expr2: any) | Null where both arguments are equal, otherwise the first. | nullif(1, 1) IS NULL
nvl2 | (expr1: any, expr2: T, expr3: T) | The second argument where the first is not null, otherwise the third. | nvl2(null, 1, 2) = 2
case when | CASE WHEN condition: boolean THEN value: T ELSE otherwise: T END | The value behind the first condition that is true, or that of ELSE, or null. | CASE WHEN false THEN 1 ELSE 2 END = 2
interval | INTERVAL value: string unit: unit | A literal span of time, such as INTERVAL 3 DAYS or INTERVAL '1-2' YEAR TO MONTH. | INTERVAL 24 HOURS = INTERVAL 1 DAY
and | left: boolean AND right: boolean | True when both sides are true. | true AND true
or | left: boolean OR right: boolean | True when at least one side is true. | false OR true
not | NOT expr: boolean | True when the condition is false. | NOT false
between | expr: T BETWEEN low: T AND high: T | True when the value lies between two others or equals one of them. | 2 BETWEEN 1 AND 2
in | expr: T IN (value: T, ...) | True when the value equals one of those in the list or the subquery. | 1 IN (1, 2)
equal_null | (expr1: T, expr2: T) | True when both are equal or both are null; never null itself. | equal_null(null, null)
isnan | (expr: double) | True when the number is NaN. | isnan(double('NaN'))
isnotnull | (expr: any) | True when the value is not null. | isnotnull('')
isnull | (expr: any) | True when the value is null. | isnull(null)
cast | (expr: any AS type: type ~INT) | The value converted to a type; null where that fails, unless the session asks for an error. | cast('1' AS INT) = 1
try_cast | (expr: any AS type: type ~INT) | The value converted to a type, or null where that fails. | try_cast('a' AS INT) IS NULL
bigint | (expr: any) | The value as a bigint, a whole number of 64 bits. | bigint('5') = 5
binary | (expr: any) | The value as bytes. | binary('A') = X'41'
boolean | (expr: any) | The value as true or false. | boolean('true')
date | (expr: string or timestamp) | The value as a date. | date('2024-01-02') = DATE '2024-01-02'
decimal | (expr: any) | The value as a decimal of ten digits without a fraction; write CAST(… AS DECIMAL(p, s)) for another size. | decimal('5') = 5
double | (expr: any) | The value as a double, a floating-point number of 64 bits. | double('0.5') = 0.5
float | (expr: any) | The value as a float, a floating-point number of 32 bits. | float('0.5') = 0.5
int | (expr: any) | The value as an int, a whole number of 32 bits. | int('5') = 5
smallint | (expr: any) | The value as a smallint, a whole number of 16 bits. | smallint('5') = 5
string | (expr: any) | The value as text. | string(5) = '5'
timestamp | (expr: any) | The value as a timestamp. | timestamp('2024-01-02') = TIMESTAMP '2024-01-02 00:00:00'
tinyint | (expr: any) | The value as a tinyint, a whole number of 8 bits. | tinyint('5') = 5
aes_decrypt | (expr: binary, key: binary, [mode: string], [padding: string], [aad: string or binary]) | Bytes decrypted with AES under a key of 16, 24 or 32 bytes; the mode is GCM unless given.
aes_encrypt | (expr: binary, key: binary, [mode: string], [padding: string], [iv: string or binary], [aad: string or binary]) | Bytes encrypted with AES under a key of 16, 24 or 32 bytes; the mode is GCM unless given.
try_aes_decrypt | (expr: binary, key: binary, [mode: string], [padding: string], [aad: string or binary]) | Bytes decrypted with AES, or null where that fails.
assert_true | (expr: boolean, [message: string]) | Null when the condition is true; otherwise the query fails, with the message if there is one. | assert_true(1 < 2) IS NULL
current_catalog | () | The name of the catalog in use.
current_database current_schema | () | The name of the database in use.
current_user user | () | The name of the user who runs the query.
input_file_block_length | () | The length of the block of the file that is being read, or -1.
input_file_block_start | () | Where the block of the file that is being read begins, or -1.
input_file_name | () | The path of the file that the row was read from, or an empty text.
java_method reflect | (class: string ~'java.util.UUID', method: string ~'randomUUID', [arg: string], ...) | Calls a static Java method by its name; the result is text.
monotonically_increasing_id | () | A number that grows from row to row and is unique, with gaps between partitions.
raise_error | (expr: string) | Makes the query fail with a message.
range | (end: bigint ~5); (start: bigint ~0, end: bigint ~5, [step: bigint ~1], [numSlices: int ~2]) | A table of the numbers from start, or 0, up to but not including end, in the column id; written in FROM.
spark_partition_id | () | The number of the partition that the row is processed in.
sql_keywords | () | A table of the words of Spark SQL and whether each is reserved; written in FROM.
typeof | (expr: any) | The name of the type of the value. | typeof(0.5D) = 'double'
uuid | () | A random identifier of 36 characters, another for each row. | length(uuid()) = 36
version | () | The version of Spark that runs the query, and its revision. | startswith(version(), '3.')
`;
