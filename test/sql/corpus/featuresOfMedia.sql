SELECT
  user_id,
  count(*) AS plays,
  count(DISTINCT track_id) AS tracks,
  sum(seconds_played) / 3600.0 AS hours,
  avg(seconds_played / nullif(duration, 0)) AS completion,
  mode(genre) AS favourite_genre,
  sum(CASE WHEN hour(played_at) NOT BETWEEN 6 AND 22 THEN 1 ELSE 0 END) / count(*) AS night_share
FROM plays
JOIN tracks USING (track_id)
WHERE played_at >= current_timestamp() - INTERVAL 28 DAYS
GROUP BY user_id;
WITH impressions AS (
  SELECT ad_id, user_id, shown_at FROM ad_events WHERE kind = 'impression'
),
clicks AS (
  SELECT ad_id, user_id, min(shown_at) AS clicked_at FROM ad_events WHERE kind = 'click' GROUP BY ad_id, user_id
)
SELECT
  i.ad_id,
  to_date(i.shown_at) AS day,
  count(*) AS impressions,
  count(c.clicked_at) AS clicks,
  (count(c.clicked_at) + 1) / (count(*) + 100) AS smoothed_rate
FROM impressions i
LEFT JOIN clicks c ON i.ad_id = c.ad_id AND i.user_id = c.user_id AND c.clicked_at >= i.shown_at
GROUP BY i.ad_id, to_date(i.shown_at);
SELECT word, documents, occurrences, log((SELECT count(*) FROM articles) / documents) AS idf
FROM (
  SELECT word, count(DISTINCT article_id) AS documents, count(*) AS occurrences
  FROM (
    SELECT article_id, explode(filter(split(lower(body), '[^a-zà-ÿ]+'), w -> length(w) > 2)) AS word
    FROM articles
    WHERE language = 'fr'
  )
  GROUP BY word
)
WHERE documents BETWEEN 5 AND 100000
ORDER BY idf DESC;
SELECT
  video_id,
  posexplode(histogram) AS (minute, viewers)
FROM (
  SELECT video_id, transform(sequence(0, 59), m -> size(filter(stops, s -> s >= m * 60))) AS histogram
  FROM (
    SELECT video_id, collect_list(stopped_at_second) AS stops
    FROM views
    GROUP BY video_id
  )
);
SELECT follower, followed, since
FROM follows f
WHERE EXISTS (
    SELECT *
    FROM follows back
    WHERE back.follower = f.followed AND back.followed = f.follower
  )
  AND f.follower < f.followed
EXCEPT
SELECT blocker, blocked, blocked_at
FROM blocks;
WITH posts AS (
  SELECT post_id, author_id, posted_at, transform(regexp_extract_all(text, '#(\\w+)', 1), t -> lower(t)) AS hashtags
  FROM raw_posts
),
tags AS (
  SELECT post_id, posted_at, tag
  FROM posts
  LATERAL VIEW OUTER explode(hashtags) h AS tag
),
hourly AS (
  SELECT tag, date_trunc('hour', posted_at) AS hour, count(*) AS n
  FROM tags
  WHERE tag IS NOT NULL
  GROUP BY tag, date_trunc('hour', posted_at)
)
SELECT tag, hour, n,
       n / (1 + avg(n) OVER (PARTITION BY tag ORDER BY hour ROWS BETWEEN 24 PRECEDING AND 1 PRECEDING)) AS trend
FROM hourly
ORDER BY trend DESC NULLS LAST
LIMIT 100;
SELECT
  user_id,
  map_filter(
    map_from_arrays(collect_list(genre), collect_list(n)),
    (genre, n) -> n >= 3 AND genre IS NOT NULL
  ) AS genres,
  max_by(genre, n) AS top_genre
FROM (
  SELECT user_id, genre, count(*) AS n
  FROM plays p JOIN tracks t ON p.track_id = t.track_id
  GROUP BY user_id, genre
)
GROUP BY user_id;
SELECT playlist_id, position, track_id
FROM playlists
LATERAL VIEW posexplode(track_ids) e AS position, track_id
WHERE position < 100
  AND playlist_id IN (
    SELECT playlist_id
    FROM subscriptions
    GROUP BY playlist_id
    HAVING count(*) > 1000
  )
CLUSTER BY playlist_id;
