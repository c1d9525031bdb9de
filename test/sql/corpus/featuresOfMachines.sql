SELECT
  sensor_id,
  window.end AS ts,
  avg(temperature) AS mean_temperature,
  min(temperature) AS lowest,
  max(temperature) AS highest,
  stddev(temperature) AS spread,
  count(*) AS readings
FROM readings
WHERE temperature IS NOT NULL
  AND temperature BETWEEN -50 AND 150
GROUP BY sensor_id, window(measured_at, '10 minutes', '5 minutes');
WITH latest AS (
  SELECT *
  FROM (
    SELECT r.*, row_number() OVER (PARTITION BY machine_id, metric ORDER BY measured_at DESC) AS rn
    FROM readings r
    WHERE measured_at <= TIMESTAMP '2024-06-30 23:59:59'
  )
  WHERE rn = 1
)
SELECT machine_id,
       max(CASE WHEN metric = 'pressure' THEN value END) AS pressure,
       max(CASE WHEN metric = 'vibration' THEN value END) AS vibration,
       max(CASE WHEN metric = 'temperature' THEN value END) AS temperature,
       max(measured_at) AS as_of
FROM latest
GROUP BY machine_id;
SELECT
  machine_id,
  measured_at,
  value,
  avg(value) OVER recent AS moving_average,
  (value - avg(value) OVER recent) / nullif(stddev(value) OVER recent, 0) AS z_score,
  value - lag(value, 1, value) OVER (PARTITION BY machine_id ORDER BY measured_at) AS change,
  last_value(status) IGNORE NULLS OVER (PARTITION BY machine_id ORDER BY measured_at) AS known_status
FROM vibration
WINDOW recent AS (PARTITION BY machine_id ORDER BY measured_at ROWS BETWEEN 59 PRECEDING AND CURRENT ROW);
-- Gaps between the readings of a sensor, and how long the longest was
WITH gaps AS (
  SELECT
    sensor_id,
    measured_at,
    lead(measured_at) OVER (PARTITION BY sensor_id ORDER BY measured_at) AS next_at
  FROM readings
)
SELECT
  sensor_id,
  count_if(next_at > measured_at + INTERVAL 1 HOUR) AS gaps,
  max(next_at - measured_at) AS longest,
  max_by(measured_at, next_at - measured_at) AS longest_since
FROM gaps
GROUP BY sensor_id
HAVING max(next_at - measured_at) > INTERVAL '0 01:00:00' DAY TO SECOND;
SELECT m.machine_id, m.site, l.failed_at, l.reason
FROM machines m
LEFT JOIN LATERAL (
  SELECT f.failed_at, f.reason
  FROM failures f
  WHERE f.machine_id = m.machine_id
  ORDER BY f.failed_at DESC
  LIMIT 1
) l
WHERE m.retired_on IS NULL;
SELECT
  f.machine_id,
  f.failed_at,
  count(r.value) AS readings_before,
  avg(r.value) AS mean_before,
  regr_slope(r.value, unix_timestamp(r.measured_at)) AS slope_before
FROM failures f
LEFT JOIN readings r
  ON r.machine_id = f.machine_id
  AND r.measured_at >= f.failed_at - INTERVAL 2 HOURS
  AND r.measured_at < f.failed_at
GROUP BY f.machine_id, f.failed_at;
SELECT
  trip_id,
  vehicle_id,
  sum(distance_km) AS distance,
  sum(unix_timestamp(ended_at) - unix_timestamp(started_at)) / 3600 AS hours,
  sum(distance_km) / (sum(unix_timestamp(ended_at) - unix_timestamp(started_at)) / 3600) AS speed,
  collect_list(named_struct('lat', lat, 'lon', lon)) AS track,
  sqrt(pow(max(lat) - min(lat), 2) + pow(max(lon) - min(lon), 2)) AS extent
FROM segments
WHERE NOT (lat IS NULL OR lon IS NULL)
  AND distance_km > 0.0
GROUP BY trip_id, vehicle_id;
WITH calendar AS (
  SELECT explode(sequence(DATE '2024-01-01', DATE '2024-12-31', INTERVAL 1 DAY)) AS day
),
sites AS (
  SELECT DISTINCT site FROM machines
)
SELECT s.site, c.day, coalesce(sum(e.kwh), 0) AS kwh
FROM calendar c
CROSS JOIN sites s
LEFT JOIN energy e
  ON e.site = s.site AND e.day = c.day
GROUP BY s.site, c.day
ORDER BY s.site, c.day;
SELECT device, hour, total
FROM (
  SELECT device,
         hour(measured_at) AS hour,
         sum(value) AS total,
         dense_rank() OVER (PARTITION BY device ORDER BY sum(value) DESC) AS place
  FROM readings TABLESAMPLE (10 PERCENT) REPEATABLE (7)
  GROUP BY device, hour(measured_at)
) ranked
WHERE place = 1
INTERSECT
SELECT device, hour, total FROM expected_peaks;
SELECT
  get_json_object(payload, '$.device.id') AS device_id,
  cast(get_json_object(payload, '$.battery') AS double) AS battery,
  to_timestamp(get_json_object(payload, '$.at'), "yyyy-MM-dd'T'HH:mm:ss") AS at,
  CASE get_json_object(payload, '$.mode')
    WHEN 'eco' THEN 0
    WHEN 'normal' THEN 1
    WHEN 'boost' THEN 2
  END AS mode
FROM raw_messages
WHERE payload IS NOT NULL
  AND received_at >= current_date - INTERVAL '7' DAY;
SELECT machine_id, state, started_at, ended_at,
       timestampdiff(SECOND, started_at, ended_at) AS seconds
FROM (
  SELECT machine_id, state, min(measured_at) AS started_at, max(measured_at) AS ended_at
  FROM (
    SELECT machine_id, state, measured_at,
           row_number() OVER (PARTITION BY machine_id ORDER BY measured_at)
             - row_number() OVER (PARTITION BY machine_id, state ORDER BY measured_at) AS island
    FROM states
  ) numbered
  GROUP BY machine_id, state, island
) islands
WHERE state IN ('idle', 'blocked')
ORDER BY seconds DESC;
