// Numbers: arithmetic, rounding, trigonometry, bits and hashes. The notation is explained in functionTable.ts.

export const mathFunctions = String.raw`
abs | (expr: numeric or interval) | The value without its sign. | abs(-2) = 2
acos | (expr: double) | The angle, in radians, whose cosine is given; NaN outside -1 to 1. | acos(1) = 0
acosh | (expr: double) | The inverse hyperbolic cosine. | acosh(1) = 0
asin | (expr: double) | The angle, in radians, whose sine is given; NaN outside -1 to 1. | asin(0) = 0
asinh | (expr: double) | The inverse hyperbolic sine. | asinh(0) = 0
atan | (expr: double) | The angle, in radians, whose tangent is given. | atan(0) = 0
atan2 | (exprY: double, exprX: double) | The angle, in radians, of the point (x, y) seen from the origin; y is given first. | atan2(0, 1) = 0
atanh | (expr: double) | The inverse hyperbolic tangent. | atanh(0) = 0
bin | (expr: bigint) | The number in binary digits, as text. | bin(5) = '101'
bround | (expr: numeric, [d: int ~1]) | Rounded to d decimal places; a half goes to the even neighbour. | bround(2.5) = 2
cbrt | (expr: double) | The cube root. | cbrt(27) = 3
ceil ceiling | (expr: numeric, [scale: int ~1]) | Rounded up to a whole number, or to the given number of decimal places. | ceil(1.2) = 2
conv | (num: string, from_base: int, to_base: int) | A number written in one base rewritten in another, as text; bases go from 2 to 36. | conv('ff', 16, 10) = '255'
cos | (expr: double) | The cosine of an angle in radians. | cos(0) = 1
cosh | (expr: double) | The hyperbolic cosine. | cosh(0) = 1
cot | (expr: double) | The cotangent of an angle in radians.
csc | (expr: double) | The cosecant of an angle in radians, which is one divided by its sine.
degrees | (expr: double) | An angle given in radians, in degrees. | degrees(0) = 0
div | expr1: numeric or interval DIV expr2: numeric or interval | The whole part of a division; null when the divisor is zero. | 7 div 2 = 3
e | () | Euler's number, the base of natural logarithms. | round(e(), 3) = 2.718
exp | (expr: double) | Euler's number raised to a power. | exp(0) = 1
expm1 | (expr: double) | exp(expr) minus one, exact for small numbers too. | expm1(0) = 0
factorial | (expr: int) | The product of all whole numbers up to the given one, from 0 to 20; null outside. | factorial(4) = 24
floor | (expr: numeric, [scale: int ~1]) | Rounded down to a whole number, or to the given number of decimal places. | floor(1.8) = 1
greatest | (expr: T, other: T, ...) | The largest of its arguments, nulls left out. | greatest(1, 3, 2) = 3
hex | (expr: bigint or string or binary) | The number, or the bytes of the text, in hexadecimal digits. | hex(255) = 'FF'
hypot | (expr1: double, expr2: double) | The length of the hypotenuse over two sides. | hypot(5, 12) = 13
least | (expr: T, other: T, ...) | The smallest of its arguments, nulls left out. | least(3, 1, 2) = 1
ln | (expr: double) | The natural logarithm; null for numbers that are not positive. | ln(1) = 0
log | (base: double, expr: double); (expr: double) | The logarithm to a base, or the natural one when only a number is given. | log(2, 8) = 3
log10 | (expr: double) | The logarithm to base ten. | log10(1000) = 3
log1p | (expr: double) | The natural logarithm of one plus the number, exact for small numbers too. | log1p(0) = 0
log2 | (expr: double) | The logarithm to base two. | log2(8) = 3
mod | (expr1: numeric, expr2: numeric) | What remains of a division, with the sign of the dividend. | mod(-7, 3) = -1
negative | (expr: numeric or interval) | The value with its sign turned round. | negative(7) = -7
pi | () | The ratio of a circle's circumference to its diameter. | round(pi(), 2) = 3.14
pmod | (expr1: numeric, expr2: numeric) | What remains of a division, never negative for a positive divisor. | pmod(-7, 3) = 2
positive | (expr: numeric or interval) | The value itself. | positive(-7) = -7
pow power | (expr1: double, expr2: double) | The first number raised to the power of the second. | pow(2, 10) = 1024
radians | (expr: double) | An angle given in degrees, in radians. | radians(0) = 0
rand random | ([seed: int or bigint ~1]) | A random number from 0 up to, but not including, 1; a seed makes the sequence repeatable.
randn | ([seed: int or bigint ~1]) | A random number from the standard normal distribution; a seed makes the sequence repeatable.
rint | (expr: double) | The nearest whole number, as a double; a half goes to the even neighbour. | rint(2.5) = 2
round | (expr: numeric, [d: int ~1]) | Rounded to d decimal places, none by default; a half goes away from zero. | round(2.5) = 3
sec | (expr: double) | The secant of an angle in radians, which is one divided by its cosine.
shiftleft | (base: int or bigint, expr: int) | The bits moved to the left, which multiplies by powers of two. | shiftleft(1, 3) = 8
shiftright | (base: int or bigint, expr: int) | The bits moved to the right, the sign kept. | shiftright(-8, 1) = -4
shiftrightunsigned | (base: int or bigint, expr: int) | The bits moved to the right, zeros coming in from the left. | shiftrightunsigned(8, 1) = 4
sign signum | (expr: double or interval) | The sign of the value as -1, 0 or 1. | sign(-5) = -1
sin | (expr: double) | The sine of an angle in radians. | sin(0) = 0
sinh | (expr: double) | The hyperbolic sine. | sinh(0) = 0
sqrt | (expr: double) | The square root; NaN for negative numbers. | sqrt(9) = 3
tan | (expr: double) | The tangent of an angle in radians. | tan(0) = 0
tanh | (expr: double) | The hyperbolic tangent. | tanh(0) = 0
try_add | (expr1: numeric or interval, expr2: numeric or interval) | The sum, or null where it would overflow; dates and timestamps take intervals. | try_add(2, 5) = 7
try_divide | (dividend: numeric or interval, divisor: numeric) | The quotient, or null where the divisor is zero. | try_divide(1, 0) IS NULL
try_multiply | (expr1: numeric or interval, expr2: numeric) | The product, or null where it would overflow. | try_multiply(4, 5) = 20
try_subtract | (expr1: numeric or interval, expr2: numeric or interval) | The difference, or null where it would overflow; dates and timestamps take intervals. | try_subtract(3, 1) = 2
unhex | (expr: string) | The bytes that hexadecimal digits spell; null where they are none. | unhex('41') = X'41'
width_bucket | (value: double, min_value: double, max_value: double, num_bucket: bigint) | The number of the bucket that holds the value, when the range is cut into equal buckets; 0 and one more than their number lie outside. | width_bucket(5, 0, 10, 5) = 3
bit_count | (expr: integral or boolean) | How many bits of the value are set. | bit_count(7) = 3
bit_get getbit | (expr: integral, pos: int) | The bit at a position, counted from the right and from 0. | bit_get(4, 2) = 1
bitmap_bit_position | (child: bigint) | The position of a value's bit within its bitmap bucket. | bitmap_bit_position(1) = 0
bitmap_bucket_number | (child: bigint) | The number of the bitmap bucket that a value belongs to. | bitmap_bucket_number(1) = 1
bitmap_count | (child: binary) | How many bits a bitmap has set. | bitmap_count(X'FF') = 8
hll_sketch_estimate | (expr: binary) | About how many different values a HyperLogLog sketch has seen.
hll_union | (first: binary, second: binary, [allowDifferentLgConfigK: boolean ~true]) | Two HyperLogLog sketches merged into one.
crc32 | (expr: binary) | The CRC-32 checksum of the bytes, as a bigint. | crc32('abc') = 891568578
hash | (expr: any, ...) | A 32-bit hash of its arguments (Murmur3, seed 42).
md5 | (expr: binary) | The MD5 digest of the bytes, in hexadecimal digits. | md5('') = 'd41d8cd98f00b204e9800998ecf8427e'
sha1 sha | (expr: binary) | The SHA-1 digest of the bytes, in hexadecimal digits. | length(sha1('')) = 40
sha2 | (expr: binary, bitLength: int) | A SHA-2 digest of the bytes in hexadecimal digits, of 224, 256, 384 or 512 bits; 0 means 256. | length(sha2('', 256)) = 64
xxhash64 | (expr: any, ...) | A 64-bit hash of its arguments (xxHash, seed 42).
`;
