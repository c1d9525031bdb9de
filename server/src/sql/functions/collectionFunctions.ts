// Arrays, maps, structs, functions that take a lambda, functions that make rows, and the JSON and CSV that hold them. The
// notation is explained in functionTable.ts.

export const collectionFunctions = String.raw`
array | ([expr: T], ...) | An array of its arguments. | size(array(1, 2)) = 2
array_append | (array: array<T>, element: T) | The array with an element more at its end. | array_append(array(1), 2) = array(1, 2)
array_compact | (array: array<T>) | The array without its nulls. | array_compact(array(1, null)) = array(1)
array_contains | (array: array<T>, value: T) | True when the array holds the value. | array_contains(array(1, 2), 2)
array_distinct | (array: array<T>) | The array with each value once. | array_distinct(array(1, 1)) = array(1)
array_except | (array1: array<T>, array2: array<T>) | The values of the first array that the second does not hold, each once. | array_except(array(1, 2), array(2)) = array(1)
array_insert | (x: array<T>, pos: int, val: T) | The array with an element put in at a position; positions count from 1, negative ones from the end. | array_insert(array(1, 3), 2, 2) = array(1, 2, 3)
array_intersect | (array1: array<T>, array2: array<T>) | The values that both arrays hold, each once. | array_intersect(array(1, 2), array(2)) = array(2)
array_join | (array: array<string>, delimiter: string, [nullReplacement: string]) | The elements joined to one text with a delimiter; nulls are left out unless a replacement is given. | array_join(array('a', 'b'), '-') = 'a-b'
array_max | (array: array<T>) | The largest element, nulls left out. | array_max(array(1, 3)) = 3
array_min | (array: array<T>) | The smallest element, nulls left out. | array_min(array(1, 3)) = 1
array_position | (array: array<T>, element: T) | Where the element first stands, counted from 1; 0 when it is not there. | array_position(array(5, 6), 6) = 2
array_prepend | (array: array<T>, element: T) | The array with an element more at its beginning. | array_prepend(array(2), 1) = array(1, 2)
array_remove | (array: array<T>, element: T) | The array without the elements that equal the value. | array_remove(array(1, 2), 2) = array(1)
array_repeat | (element: T, count: int) | An array that holds the value so many times. | array_repeat('a', 2) = array('a', 'a')
array_size | (expr: array<T>) | The number of elements; null for a null array. | array_size(array(1, 2)) = 2
array_sort | (expr: array<T>, [func: (left, right) -> int]) | The array sorted, nulls last; a lambda that compares two elements may give the order. | array_sort(array(2, 1)) = array(1, 2)
array_union | (array1: array<T>, array2: array<T>) | The values of both arrays, each once. | array_union(array(1), array(1, 2)) = array(1, 2)
arrays_overlap | (a1: array<T>, a2: array<T>) | True when the arrays share a value that is not null. | arrays_overlap(array(1, 2), array(2))
arrays_zip | ([a: array<T>], ...) | One array of structs whose fields are the elements at the same place of each array. | size(arrays_zip(array(1, 2), array('a'))) = 2
size cardinality | (expr: array<T> or map<K,V>) | The number of elements of an array or entries of a map; -1 for null unless the session says otherwise. | size(array(1, 2)) = 2
concat | ([col: string or binary or array<T>], ...) | Texts, bytes or arrays joined end to end; null when any of them is null. | concat('a', 'b') = 'ab'
element_at | (array: array<T>, index: int); (map: map<K,V>, key: K) | The element of an array at a position, counted from 1 or from the end when negative, or the value of a key in a map. | element_at(array(5, 6), -1) = 6
try_element_at | (array: array<T>, index: int); (map: map<K,V>, key: K) | Like element_at, and null where there is no such element whatever the session says. | try_element_at(array(5), 2) IS NULL
exists | (expr: array<T>, pred: (element) -> boolean) | True when the condition holds for at least one element. | exists(array(1, 2), x -> x > 1)
filter | (expr: array<T>, func: (element) -> boolean) | The elements for which the condition holds; the lambda may take the index, too. | filter(array(1, 2), x -> x > 1) = array(2)
flatten | (arrayOfArrays: array<array<T>>) | The elements of all inner arrays in one. | flatten(array(array(1), array(2))) = array(1, 2)
forall | (expr: array<T>, pred: (element) -> boolean) | True when the condition holds for every element. | forall(array(1, 2), x -> x > 0)
aggregate reduce | (expr: array<T>, start: A, merge: (acc, element) -> A ~acc, [finish: (acc) -> R]) | Goes through an array with a running value, from a start and by a lambda; another lambda may finish it. | aggregate(array(1, 2), 0, (a, x) -> a + x) = 3
get | (array: array<T>, index: int) | The element of an array at a position counted from 0; null outside. | get(array(5, 6), 1) = 6
map | ([key: K, value: V], ...2) | A map of keys and values, given in turn. | map('a', 1)['a'] = 1
map_concat | ([map: map<K,V>], ...) | The entries of all maps in one; a key that occurs twice is an error unless the session says otherwise. | map_concat(map('a', 1), map('b', 2))['b'] = 2
map_contains_key | (map: map<K,V>, key: K) | True when the map holds the key. | map_contains_key(map('a', 1), 'a')
map_entries | (map: map<K,V>) | The entries of a map as an array of structs with the fields key and value. | map_entries(map('a', 1))[0].value = 1
map_filter | (expr: map<K,V>, func: (key, value) -> boolean) | The entries for which the condition holds. | size(map_filter(map('a', 1, 'b', 2), (k, v) -> v > 1)) = 1
map_from_arrays | (keys: array<K>, values: array<V>) | A map of an array of keys and an array of their values. | map_from_arrays(array('a'), array(1))['a'] = 1
map_from_entries | (arrayOfEntries: array<struct<K,V>>) | A map of an array of structs, each a key and its value. | map_from_entries(array(struct('a', 1)))['a'] = 1
map_keys | (map: map<K,V>) | The keys of a map as an array. | map_keys(map('a', 1)) = array('a')
map_values | (map: map<K,V>) | The values of a map as an array. | map_values(map('a', 1)) = array(1)
map_zip_with | (map1: map<K,V>, map2: map<K,W>, function: (key, value1, value2) -> R) | Two maps merged by key; a lambda makes each value of the two, which are null where a map lacks the key. | map_zip_with(map('a', 1), map('a', 2), (k, x, y) -> x + y)['a'] = 3
named_struct | ([name: string ~'a', value: any], ...2) | A struct of field names and values, given in turn. | named_struct('a', 1).a = 1
sequence | (start: integral or date or timestamp, stop: integral or date or timestamp, [step: integral or interval]) | The values from start to stop, both included, as an array; the step is 1 or a day unless it is given. | sequence(1, 3) = array(1, 2, 3)
shuffle | (array: array<T>) | The elements in random order.
slice | (x: array<T>, start: int, length: int) | A part of an array, from a position counted from 1, or from the end when negative. | slice(array(1, 2, 3), 2, 2) = array(2, 3)
sort_array | (array: array<T>, [ascendingOrder: boolean ~true]) | The array sorted; nulls come first when ascending and last when descending. | sort_array(array(2, 1)) = array(1, 2)
struct | (col: any, ...) | A struct of its arguments, whose fields keep the names of columns or are called col1, col2 and so on. | struct(1, 2).col2 = 2
transform | (expr: array<T>, func: (element) -> R) | The array of what a lambda makes of each element; it may take the index, too. | transform(array(1, 2), x -> x * 2) = array(2, 4)
transform_keys | (expr: map<K,V>, func: (key, value) -> R) | The map with keys that a lambda makes. | transform_keys(map('a', 1), (k, v) -> upper(k))['A'] = 1
transform_values | (expr: map<K,V>, func: (key, value) -> R) | The map with values that a lambda makes. | transform_values(map('a', 1), (k, v) -> v + 1)['a'] = 2
zip_with | (left: array<T>, right: array<U>, func: (x, y) -> R) | Two arrays merged place by place by a lambda; the shorter is filled up with nulls. | zip_with(array(1), array(2), (x, y) -> x + y) = array(3)
str_to_map | (text: string, [pairDelim: string], [keyValueDelim: string]) | A map read from text such as a:1,b:2; the delimiters are regular expressions. | str_to_map('a:1,b:2')['b'] = '2'
explode | (expr: array<T> or map<K,V>) | One row for each element of an array, in the column col, or for each entry of a map, in key and value; none for an empty or null one.
explode_outer | (expr: array<T> or map<K,V>) | Like explode, with one row of nulls for an array or map that is empty or null.
posexplode | (expr: array<T> or map<K,V>) | Like explode, with the position of each element, counted from 0, in a column pos.
posexplode_outer | (expr: array<T> or map<K,V>) | Like posexplode, with one row of nulls for an array or map that is empty or null.
inline | (expr: array<struct<K,V>>) | One row for each struct of an array, its fields as columns.
inline_outer | (expr: array<struct<K,V>>) | Like inline, with one row of nulls for an array that is empty or null.
stack | (n: int ~2, expr: T, ...) | Its arguments dealt out over n rows, in columns called col0, col1 and so on.
from_csv | (csvStr: string, schema: string ~'k STRING, v INT', [options: map<string,string> ~map('sep', ';')]) | One line of CSV read into a struct of the given schema. | from_csv('1,a', 'n INT, s STRING').s = 'a'
schema_of_csv | (csv: string ~'1,a', [options: map<string,string> ~map('sep', ';')]) | The schema that a line of CSV, given as a literal, would be read with. | schema_of_csv('1,a') = 'STRUCT<_c0: INT, _c1: STRING>'
to_csv | (expr: struct<K,V>, [options: map<string,string> ~map('sep', ';')]) | A struct as one line of CSV. | to_csv(struct(1, 'a')) = '1,a'
from_json | (jsonStr: string, schema: string ~'k STRING, v INT', [options: map<string,string> ~map('mode', 'FAILFAST')]) | JSON text read into a struct, array or map of the given schema; null fields where it does not fit. | from_json('{"a":1}', 'a INT').a = 1
get_json_object | (json_txt: string, path: string) | The part of JSON text at a path such as $.a.b[0], as text. | get_json_object('{"a":{"b":1}}', '$.a.b') = '1'
json_array_length | (jsonArray: string) | The number of elements of the outermost JSON array; null where the text is no array. | json_array_length('[1, 2]') = 2
json_object_keys | (json_object: string) | An array of the names that the fields of a JSON text have, when it is an object; those further inside are not looked at. | json_object_keys('{"a":1}') = array('a')
json_tuple | (jsonStr: string, p: string, ...) | Several top-level fields of JSON text at once, each as a column of text.
schema_of_json | (json: string ~'{"a":1}', [options: map<string,string> ~map('mode', 'FAILFAST')]) | The schema that JSON text, given as a literal, would be read with. | schema_of_json('{"a":1}') = 'STRUCT<a: BIGINT>'
to_json | (expr: struct<K,V> or array<T> or map<K,V>, [options: map<string,string> ~map('ignoreNullFields', 'true')]) | A struct, array or map as JSON text. | to_json(named_struct('a', 1)) = '{"a":1}'
`;
