// Dates, timestamps, intervals and time windows. The notation is explained in functionTable.ts.

export const dateFunctions = String.raw`
add_months | (start_date: date, num_months: int) | The date so many months later; a day that the month does not have becomes its last. | add_months(DATE '2024-01-31', 1) = DATE '2024-02-29'
convert_timezone | (sourceTz: string, targetTz: string, sourceTs: timestamp_ntz); (targetTz: string, sourceTs: timestamp_ntz) | The local time of one time zone as that of another; the source zone is the session's when it is left out. | convert_timezone('UTC', 'Asia/Tokyo', TIMESTAMP_NTZ '2024-01-01 00:00:00') = TIMESTAMP_NTZ '2024-01-01 09:00:00'
current_date curdate | () | Today's date in the session's time zone, the same everywhere in a query.
current_timestamp now | () | The moment at which the query began.
current_timezone | () | The name of the session's time zone.
date_add dateadd | (start_date: date, num_days: int); (unit: unit ~DAY, value: bigint, timestamp: timestamp) | The date so many days later; with a unit such as MONTH or HOUR, the timestamp so many units later. | date_add(DATE '2024-02-28', 2) = DATE '2024-03-01'
date_diff datediff | (endDate: date, startDate: date); (unit: unit ~DAY, start: timestamp, end: timestamp) | The number of days from the second date to the first; with a unit, the whole units from the start to the end. | datediff(DATE '2024-03-01', DATE '2024-02-28') = 2
date_format | (timestamp: timestamp, fmt: string) | A timestamp as text in a pattern, such as yyyy-MM-dd. | date_format(DATE '2024-01-02', 'yyyy/MM') = '2024/01'
date_from_unix_date | (days: int) | The date so many days after 1970-01-01. | date_from_unix_date(1) = DATE '1970-01-02'
date_part datepart | (field: string ~'YEAR', source: date or timestamp or interval) | One field of a date, timestamp or interval, such as 'YEAR', 'DOW' or 'SECONDS'. | date_part('YEAR', DATE '2024-01-02') = 2024
date_sub | (start_date: date, num_days: int) | The date so many days earlier. | date_sub(DATE '2024-03-01', 1) = DATE '2024-02-29'
date_trunc | (fmt: string, ts: timestamp) | The timestamp cut down to the beginning of a unit, such as 'MONTH' or 'HOUR'. | date_trunc('MONTH', TIMESTAMP '2024-05-06 07:08:09') = TIMESTAMP '2024-05-01 00:00:00'
day dayofmonth | (date: date) | The day of the month, from 1 to 31. | day(DATE '2024-05-06') = 6
dayofweek | (date: date) | The day of the week as a number, from 1 for Sunday to 7 for Saturday. | dayofweek(DATE '2024-05-06') = 2
dayofyear | (date: date) | The day of the year, from 1 to 366. | dayofyear(DATE '2024-02-01') = 32
extract | (field: field ~YEAR FROM source: date or timestamp or interval) | One field of a date, timestamp or interval, such as YEAR, DOW or SECOND. | extract(YEAR FROM DATE '2024-01-02') = 2024
from_unixtime | (unix_time: bigint, [fmt: string]) | Seconds since 1970 as text in the session's time zone, in a pattern or as yyyy-MM-dd HH:mm:ss.
from_utc_timestamp | (timestamp: timestamp, timezone: string) | A time of UTC as the local time of a time zone. | from_utc_timestamp(TIMESTAMP '2024-01-01 00:00:00', 'Asia/Tokyo') = TIMESTAMP '2024-01-01 09:00:00'
hour | (timestamp: timestamp) | The hour, from 0 to 23. | hour(TIMESTAMP '2024-01-01 07:08:09') = 7
last_day | (date: date) | The date on which the month of the given date ends. | last_day(DATE '2024-02-03') = DATE '2024-02-29'
localtimestamp | () | The moment at which the query began, as a timestamp without time zone.
make_date | (year: int, month: int, day: int) | The date of a year, month and day; null where there is none. | make_date(2024, 2, 29) = DATE '2024-02-29'
make_dt_interval | ([days: int], [hours: int], [mins: int], [secs: decimal]) | An interval of days, hours, minutes and seconds. | make_dt_interval(1) = INTERVAL 1 DAY
make_interval | ([years: int], [months: int], [weeks: int], [days: int], [hours: int], [mins: int], [secs: decimal]) | A calendar interval of years down to seconds. | DATE '2024-01-01' + make_interval(1) = DATE '2025-01-01'
make_timestamp | (year: int, month: int, day: int, hour: int, min: int, sec: decimal, [timezone: string]) | The timestamp of its fields, in the session's or the given time zone. | make_timestamp(2024, 1, 2, 3, 4, 5) = TIMESTAMP '2024-01-02 03:04:05'
make_timestamp_ltz | (year: int, month: int, day: int, hour: int, min: int, sec: decimal, [timezone: string]) | The timestamp with local time zone of its fields, in the session's or the given time zone. | make_timestamp_ltz(2024, 1, 2, 3, 4, 5) = TIMESTAMP '2024-01-02 03:04:05'
make_timestamp_ntz | (year: int, month: int, day: int, hour: int, min: int, sec: decimal) | The timestamp without time zone of its fields. | make_timestamp_ntz(2024, 1, 2, 3, 4, 5) = TIMESTAMP_NTZ '2024-01-02 03:04:05'
make_ym_interval | ([years: int], [months: int]) | An interval of years and months. | make_ym_interval(1) = INTERVAL 1 YEAR
minute | (timestamp: timestamp) | The minute, from 0 to 59. | minute(TIMESTAMP '2024-01-01 07:08:09') = 8
month | (date: date) | The month, from 1 to 12. | month(DATE '2024-05-06') = 5
months_between | (timestamp1: timestamp, timestamp2: timestamp, [roundOff: boolean]) | The months from the second timestamp to the first, with a fraction in months of 31 days, rounded to eight digits unless told otherwise. | months_between(DATE '2024-03-01', DATE '2024-01-01') = 2
next_day | (start_date: date, day_of_week: string) | The first date behind the given one that is the named day of the week. | next_day(DATE '2024-05-06', 'MON') = DATE '2024-05-13'
quarter | (date: date) | The quarter of the year, from 1 to 4. | quarter(DATE '2024-05-06') = 2
second | (timestamp: timestamp) | The second, from 0 to 59. | second(TIMESTAMP '2024-01-01 07:08:09') = 9
session_window | (time_column: timestamp, gap_duration: string ~'5 minutes') | Groups rows into sessions, each of which ends when no row follows within the gap; used in GROUP BY.
timestamp_micros | (microseconds: integral) | The timestamp so many microseconds after the beginning of 1970 in UTC. | timestamp_micros(0) = timestamp_seconds(0)
timestamp_millis | (milliseconds: integral) | The timestamp so many milliseconds after the beginning of 1970 in UTC. | timestamp_millis(1000) = timestamp_seconds(1)
timestamp_seconds | (seconds: numeric) | The timestamp so many seconds, whole or not, after the beginning of 1970 in UTC. | unix_seconds(timestamp_seconds(5)) = 5
timestampadd | (unit: unit ~DAY, value: bigint, timestamp: timestamp) | The timestamp so many units later; the unit is a word such as DAY or MONTH. | timestampadd(DAY, 1, TIMESTAMP '2024-01-01 00:00:00') = TIMESTAMP '2024-01-02 00:00:00'
timestampdiff | (unit: unit ~DAY, start: timestamp, end: timestamp) | The whole units from the start to the end; the unit is a word such as DAY or MONTH. | timestampdiff(HOUR, TIMESTAMP '2024-01-01 00:00:00', TIMESTAMP '2024-01-01 05:00:00') = 5
to_date | (date_str: string or date or timestamp, [fmt: string]) | A text read as a date, in a pattern or as yyyy-MM-dd; null where it is none. | to_date('02.01.2024', 'dd.MM.yyyy') = DATE '2024-01-02'
to_timestamp | (timestamp_str: string or date or timestamp or numeric, [fmt: string]) | A text read as a timestamp, in a pattern or as yyyy-MM-dd HH:mm:ss; null where it is none. | to_timestamp('2024-01-02', 'yyyy-MM-dd') = TIMESTAMP '2024-01-02 00:00:00'
to_timestamp_ltz | (timestamp_str: string or date or timestamp, [fmt: string]) | A text read as a timestamp with local time zone; null where it is none. | to_timestamp_ltz('2024-01-02') = TIMESTAMP '2024-01-02 00:00:00'
to_timestamp_ntz | (timestamp_str: string or date or timestamp, [fmt: string]) | A text read as a timestamp without time zone; null where it is none. | to_timestamp_ntz('2024-01-02') = TIMESTAMP_NTZ '2024-01-02 00:00:00'
to_unix_timestamp | (timeExp: string or date or timestamp, [fmt: string]) | The seconds since 1970 of a timestamp, or of a text in a pattern. | to_unix_timestamp(timestamp_seconds(5)) = 5
to_utc_timestamp | (timestamp: timestamp, timezone: string) | A local time of a time zone as that of UTC. | to_utc_timestamp(TIMESTAMP '2024-01-01 09:00:00', 'Asia/Tokyo') = TIMESTAMP '2024-01-01 00:00:00'
trunc | (date: date, fmt: string) | The date cut down to the beginning of its week, month, quarter or year. | trunc(DATE '2024-05-06', 'YEAR') = DATE '2024-01-01'
try_to_timestamp | (timestamp_str: string or date or timestamp, [fmt: string]) | A text read as a timestamp, or null where it is none. | try_to_timestamp('never') IS NULL
unix_date | (date: date) | How many days a date lies behind the first of January 1970. | unix_date(DATE '1970-01-02') = 1
unix_micros | (timestamp: timestamp) | The number of microseconds since the beginning of 1970 in UTC. | unix_micros(timestamp_seconds(1)) = 1000000
unix_millis | (timestamp: timestamp) | The number of milliseconds since the beginning of 1970 in UTC, fractions cut off. | unix_millis(timestamp_seconds(1)) = 1000
unix_seconds | (timestamp: timestamp) | The number of seconds since the beginning of 1970 in UTC, fractions cut off. | unix_seconds(timestamp_seconds(1)) = 1
unix_timestamp | ([timeExp: string or date or timestamp], [fmt: string]) | The seconds since 1970 of a timestamp, of a text in a pattern, or of this moment. | unix_timestamp(timestamp_seconds(5)) = 5
weekday | (date: date) | The day of the week as a number, from 0 for Monday to 6 for Sunday. | weekday(DATE '2024-05-06') = 0
weekofyear | (date: date) | The week of the year by ISO 8601: weeks begin on Monday, and the first has at least four days. | weekofyear(DATE '2024-05-06') = 19
window | (time_column: timestamp or timestamp_ntz, window_duration: string ~'10 minutes', [slide_duration: string ~'5 minutes'], [start_time: string ~'0 minutes']) | Groups rows into windows of a fixed length, which overlap when the slide is shorter; used in GROUP BY, with the fields start and end.
window_time | (window_column: window) | The moment that stands for a time window: the last microsecond inside it.
year | (date: date) | The year. | year(DATE '2024-05-06') = 2024
`;
