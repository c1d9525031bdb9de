SELECT
  f.carrier,
  f.origin,
  count(*) AS departures,
  avg(f.delay) AS mean_delay,
  percentile_cont(0.9) WITHIN GROUP (ORDER BY f.delay) AS p90_delay,
  avg(CASE WHEN f.delay > 15 THEN 1.0 ELSE 0.0 END) AS late_share
FROM flights f
WHERE f.date >= DATE '2001-01-01'
  AND f.cancelled = 0
GROUP BY f.carrier, f.origin
HAVING count(*) > 100;
SELECT
  origin,
  date,
  delay,
  avg(delay) OVER (
    PARTITION BY origin
    ORDER BY unix_date(to_date(date))
    RANGE BETWEEN 7 PRECEDING AND 1 PRECEDING
  ) AS mean_delay_last_week,
  count(*) OVER (
    PARTITION BY origin, to_date(date)
    ORDER BY date
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  ) AS departures_so_far
FROM flights
DISTRIBUTE BY origin
SORT BY origin, date;
WITH busiest AS (
  SELECT origin, count(*) AS n
  FROM flights
  GROUP BY origin
  ORDER BY n DESC
  LIMIT 20
)
SELECT f.origin, a.city, a.state, f.destination, avg(f.delay) AS delay
FROM flights f
JOIN busiest b ON b.origin = f.origin
JOIN airports a ON a.iata = f.origin
LEFT SEMI JOIN airports d ON d.iata = f.destination
GROUP BY f.origin, a.city, a.state, f.destination
ORDER BY 1, 5 DESC;
SELECT
  b.booking_id,
  b.guest_id,
  datediff(b.check_in, b.booked_on) AS lead_days,
  datediff(b.check_out, b.check_in) AS nights,
  b.price / datediff(b.check_out, b.check_in) AS nightly,
  dayofweek(b.check_in) IN (1, 6, 7) AS starts_on_weekend,
  count(p.booking_id) AS earlier_bookings,
  sum(int(p.cancelled)) AS earlier_cancellations
FROM bookings b
LEFT JOIN bookings p
  ON p.guest_id = b.guest_id
 AND p.booked_on < b.booked_on
WHERE b.check_out > b.check_in
GROUP BY b.booking_id, b.guest_id, b.check_in, b.check_out, b.booked_on, b.price;
SELECT
  driver_id,
  zone,
  hour,
  rides,
  earnings,
  sum(earnings) OVER (PARTITION BY driver_id ORDER BY hour ROWS UNBOUNDED PRECEDING) AS earned_so_far
FROM (
  SELECT
    driver_id,
    zone,
    date_trunc('HOUR', picked_up_at) AS hour,
    count(*) AS rides,
    sum(fare + coalesce(tip, 0)) AS earnings
  FROM rides
  WHERE picked_up_at >= '2024-03-01' AND picked_up_at < '2024-04-01'
  GROUP BY driver_id, zone, date_trunc('HOUR', picked_up_at)
)
WHERE rides > 1;
SELECT /*+ REPARTITION(16, hotel_id) */
  hotel_id,
  stay_day,
  count(*) AS rooms_taken,
  first(capacity) AS capacity,
  count(*) / first(capacity) AS occupancy
FROM (
  SELECT b.hotel_id, h.capacity, explode(sequence(b.check_in, date_sub(b.check_out, 1))) AS stay_day
  FROM bookings b
  JOIN hotels h USING (hotel_id)
  WHERE NOT b.cancelled
) nights
GROUP BY hotel_id, stay_day;
WITH searches AS (
  SELECT user_id, lower(destination) AS destination, searched_at FROM search_log WHERE destination IS NOT NULL
),
clicks AS (
  SELECT user_id, lower(destination) AS destination, clicked_at FROM click_log
)
SELECT s.destination,
       count(*) AS searches,
       count(c.clicked_at) AS clicks,
       round(count(c.clicked_at) / count(*), 4) AS click_rate,
       approx_count_distinct(s.user_id, 0.02) AS users
FROM searches s
LEFT OUTER JOIN clicks c
  ON s.user_id = c.user_id
 AND s.destination = c.destination
 AND c.clicked_at BETWEEN s.searched_at AND s.searched_at + INTERVAL 10 MINUTES
GROUP BY s.destination
HAVING count(*) >= 50
ORDER BY click_rate DESC, s.destination;
SELECT route, month, passengers,
       passengers - lag(passengers, 12) OVER w AS against_last_year,
       avg(passengers) OVER (PARTITION BY route ORDER BY month ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS smooth
FROM monthly_passengers
WINDOW w AS (PARTITION BY route ORDER BY month);
SELECT weekday, morning, noon, evening
FROM (SELECT date_format(picked_up_at, 'E') AS weekday, hour(picked_up_at) AS h, fare FROM rides)
PIVOT (
  round(avg(fare), 2)
  FOR h IN (8 AS morning, 12 AS noon, 18 AS evening)
)
ORDER BY weekday;
