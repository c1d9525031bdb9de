// Functions that make one value of many rows, and those that look at neighbouring rows through OVER. The notation is explained
// in functionTable.ts.

export const aggregateFunctions = String.raw`
any_value | (expr: any, [isIgnoreNull: boolean ~true]) | Some value of the group, whichever Spark meets; with true as second argument one that is not null.
approx_count_distinct | (expr: any, [relativeSD: double ~0.05]) | About how many different values there are, by HyperLogLog++; the second argument is the relative error that is allowed. | (SELECT approx_count_distinct(x) FROM VALUES (1), (1), (2) AS t(x)) = 2
approx_percentile percentile_approx | (col: numeric or interval, percentage: double or array<double> ~0.5, [accuracy: int ~100]) | About the value below which the given share of the rows lies; a larger accuracy costs memory. | (SELECT approx_percentile(x, 0.5) FROM VALUES (1), (2), (3) AS t(x)) = 2
avg mean | (expr: numeric or interval) | The arithmetic mean of the values that are not null. | (SELECT avg(x) FROM VALUES (1), (2), (6) AS t(x)) = 3
bit_and | (expr: integral) | All values combined by bitwise AND. | (SELECT bit_and(x) FROM VALUES (3), (5) AS t(x)) = 1
bit_or | (expr: integral) | All values combined by bitwise OR. | (SELECT bit_or(x) FROM VALUES (3), (5) AS t(x)) = 7
bit_xor | (expr: integral) | All values combined by bitwise exclusive OR. | (SELECT bit_xor(x) FROM VALUES (3), (5) AS t(x)) = 6
bitmap_construct_agg | (child: bigint) | A bitmap with one bit set for each position that occurs; the positions come from bitmap_bit_position.
bitmap_or_agg | (child: binary) | The bitmaps of the group merged into one that holds every bit set in any of them.
bool_and every | (expr: boolean) | True when every value that is not null is true. | (SELECT bool_and(x) FROM VALUES (true), (false) AS t(x)) = false
bool_or any some | (expr: boolean) | True when at least one value is true. | (SELECT bool_or(x) FROM VALUES (true), (false) AS t(x)) = true
collect_list array_agg | (expr: any) | The values of the group as an array, duplicates kept and nulls left out; their order is not fixed. | (SELECT collect_list(x) FROM VALUES (1), (1) AS t(x)) = array(1, 1)
collect_set | (expr: any) | The different values of the group as an array, nulls left out; their order is not fixed. | (SELECT collect_set(x) FROM VALUES (1), (1) AS t(x)) = array(1)
corr | (expr1: double, expr2: double) | How closely two columns rise and fall together: Pearson's correlation, from -1 to 1.
count | (*); (expr: any, ...); (DISTINCT expr: any, ...) | The number of rows; of an expression, the rows where it is not null; with DISTINCT, each combination once. | (SELECT count(x) FROM VALUES (1), (null) AS t(x)) = 1
count_if | (expr: boolean) | How many rows the condition holds for. | (SELECT count_if(x > 1) FROM VALUES (1), (2) AS t(x)) = 1
count_min_sketch | (column: integral or string or binary, epsilon: double ~0.1D, confidence: double ~0.9D, seed: int ~1) | A count-min sketch of the column in binary form, which estimates how often a value occurs.
covar_pop | (expr1: double, expr2: double) | The covariance of two columns, taken as the whole population.
covar_samp | (expr1: double, expr2: double) | The covariance of two columns, taken as a sample.
first first_value | (expr: any, [isIgnoreNull: boolean ~true]) | The value of the first row of the group or window; with true as second argument the first that is not null. The order of a group is not fixed.
grouping | (col: column) | 1 where the column is rolled up in this row of GROUPING SETS, CUBE or ROLLUP, otherwise 0.
grouping_id | ([col: column], ...) | A number whose bits tell which grouping columns are rolled up in this row of GROUPING SETS, CUBE or ROLLUP.
histogram_numeric | (expr: numeric or date or timestamp or interval, nb: int ~5) | A histogram with nb bins of varying width, as an array of centre x and height y.
hll_sketch_agg | (expr: int or bigint or string or binary, [lgConfigK: int ~12]) | A HyperLogLog sketch of the values in binary form, to be merged or estimated later.
hll_union_agg | (expr: binary, [allowDifferentLgConfigK: boolean ~true]) | The HyperLogLog sketches of the group merged into one.
kurtosis | (expr: double) | How heavy the tails of the distribution are: the excess kurtosis of the values.
last last_value | (expr: any, [isIgnoreNull: boolean ~true]) | The value of the last row of the group or window; with true as second argument the last that is not null. The order of a group is not fixed.
max | (expr: any) | The largest value of the group. | (SELECT max(x) FROM VALUES (1), (3) AS t(x)) = 3
max_by | (x: any, y: any) | The value of x in the row where y is largest. | (SELECT max_by(x, y) FROM VALUES ('a', 1), ('b', 2) AS t(x, y)) = 'b'
median | (col: numeric or interval) | The middle value of the group, interpolated between the two in the middle when their number is even. | (SELECT median(x) FROM VALUES (1), (2), (4) AS t(x)) = 2
min | (expr: any) | The smallest value of the group. | (SELECT min(x) FROM VALUES (1), (3) AS t(x)) = 1
min_by | (x: any, y: any) | The value of x in the row where y is smallest. | (SELECT min_by(x, y) FROM VALUES ('a', 1), ('b', 2) AS t(x, y)) = 'a'
mode | (col: any) | The value that occurs most often; of several, any of them. | (SELECT mode(x) FROM VALUES (1), (1), (2) AS t(x)) = 1
percentile | (col: numeric or interval, percentage: double or array<double> ~0.5, [frequency: integral]) | The exact value below which the given share of the rows lies, interpolated; frequency says how often each row counts. | (SELECT percentile(x, 0.5) FROM VALUES (1), (2) AS t(x)) = 1.5
percentile_cont | (percentage: double ~0.5) WITHIN GROUP (ORDER BY col: numeric or interval) | The value below which the given share of the sorted rows lies, interpolated between two values. | (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) FROM VALUES (1), (2) AS t(x)) = 1.5
percentile_disc | (percentage: double ~0.5) WITHIN GROUP (ORDER BY col: numeric or interval) | The first of the sorted values at which the given share of the rows is reached. | (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY x) FROM VALUES (1), (2) AS t(x)) = 1
regr_avgx | (y: double, x: double) | The mean of x over the rows where both x and y are present.
regr_avgy | (y: double, x: double) | The mean of y over the rows where both x and y are present.
regr_count | (y: double, x: double) | The number of rows where both x and y are present.
regr_intercept | (y: double, x: double) | Where the straight line fitted to y over x crosses the y axis.
regr_r2 | (y: double, x: double) | How much of the variation of y the straight line over x explains, from 0 to 1.
regr_slope | (y: double, x: double) | The slope of the straight line fitted to y over x.
regr_sxx | (y: double, x: double) | The sum of the squared distances of x from its mean, over the rows where both are present.
regr_sxy | (y: double, x: double) | The sum of the products of the distances of x and y from their means, over the rows where both are present.
regr_syy | (y: double, x: double) | The sum of the squared distances of y from its mean, over the rows where both are present.
skewness | (expr: double) | How much the distribution leans to one side: the skewness of the values.
stddev_pop | (expr: double) | The standard deviation, taking the rows as the whole population.
stddev_samp std stddev | (expr: double) | The standard deviation, taking the rows as a sample.
sum | (expr: numeric or interval) | The total of the values that are not null; null when there are none. | (SELECT sum(x) FROM VALUES (1), (2), (null) AS t(x)) = 3
try_avg | (expr: numeric or interval) | The arithmetic mean, or null where computing it would overflow.
try_sum | (expr: numeric or interval) | The total of the values, or null where it would overflow.
var_pop | (expr: double) | The variance, taking the rows as the whole population.
var_samp variance | (expr: double) | The variance, taking the rows as a sample.
cume_dist | () | The share of the rows of the partition that come before or together with this row, from above 0 to 1.
dense_rank | () | The rank of the row in its partition, without gaps behind rows that share a rank.
lag | (input: T, [offset: int ~1], [default: T]) | The value from a row further up in the partition, one row unless an offset says otherwise; the default stands in where there is no such row.
lead | (input: T, [offset: int ~1], [default: T]) | The value from a row further down in the partition, one row unless an offset says otherwise; the default stands in where there is no such row.
nth_value | (input: any, offset: int ~2) | The value of the given row of the window frame, counted from 1; null where the frame is shorter.
ntile | ([n: int ~4]) | The number of the bucket, from 1 to n, when the rows of the partition are dealt into n buckets of equal size.
percent_rank | () | The rank of the row as a share of the partition, from 0 to 1.
rank | () | The rank of the row in its partition; rows that are equal share a rank, and the next ranks are skipped.
row_number | () | The number of the row in its partition, from 1, in the order of the window.
`;
