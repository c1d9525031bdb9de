SELECT
  o.user_id,
  count(*) AS orders,
  sum(o.total) AS revenue,
  avg(o.total) AS mean_basket,
  min(o.ordered_at) AS first_order,
  max(o.ordered_at) AS last_order,
  datediff(current_date(), max(o.ordered_at)) AS recency_days
FROM shop.orders o
LEFT ANTI JOIN shop.cancellations x
  ON o.order_id = x.order_id
WHERE o.ordered_at >= add_months(current_date(), -12)
GROUP BY o.user_id;
-- Recency, frequency and monetary value as quintiles
WITH totals AS (
  SELECT user_id,
         max(ordered_at) AS last_order,
         count(*) AS frequency,
         sum(total) AS monetary
  FROM orders
  GROUP BY user_id
)
SELECT user_id,
       ntile(5) OVER (ORDER BY last_order) AS r,
       ntile(5) OVER (ORDER BY frequency) AS f,
       ntile(5) OVER (ORDER BY monetary) AS m,
       concat(
         cast(ntile(5) OVER (ORDER BY last_order) AS string),
         cast(ntile(5) OVER (ORDER BY frequency) AS string),
         cast(ntile(5) OVER (ORDER BY monetary) AS string)
       ) AS score
FROM totals;
SELECT user_id, category, n, share
FROM (
  SELECT
    user_id,
    category,
    count(*) AS n,
    count(*) / sum(count(*)) OVER (PARTITION BY user_id) AS share,
    rank() OVER (PARTITION BY user_id ORDER BY count(*) DESC, category) AS place
  FROM order_lines
  JOIN products USING (product_id)
  GROUP BY user_id, category
)
WHERE place <= 3;
WITH sessions AS (
  SELECT
    user_id,
    event_time,
    event_type,
    sum(starts) OVER (PARTITION BY user_id ORDER BY event_time) AS session_number
  FROM (
    SELECT
      *,
      CASE
        WHEN event_time - lag(event_time) OVER (PARTITION BY user_id ORDER BY event_time) > INTERVAL '30' MINUTE
          OR lag(event_time) OVER (PARTITION BY user_id ORDER BY event_time) IS NULL
        THEN 1
        ELSE 0
      END AS starts
    FROM clickstream
  ) marked
),
per_session AS (
  SELECT
    user_id,
    session_number,
    min(event_time) AS started_at,
    max(event_time) AS ended_at,
    count(*) AS events,
    max(event_type = 'purchase') AS has_purchase
  FROM sessions
  GROUP BY user_id, session_number
)
SELECT
  user_id,
  count(*) AS sessions,
  avg(events) AS events_per_session,
  avg(unix_timestamp(ended_at) - unix_timestamp(started_at)) AS mean_seconds,
  avg(if(has_purchase, 1, 0)) AS conversion
FROM per_session
GROUP BY user_id;
SELECT
  p.product_id,
  p.name,
  s.sold,
  v.viewed,
  s.sold / nullif(v.viewed, 0) AS conversion
FROM products AS p
LEFT JOIN (
  SELECT product_id, sum(quantity) AS sold
  FROM order_lines
  WHERE ordered_on >= date_sub(current_date(), 28)
  GROUP BY product_id
) AS s ON s.product_id = p.product_id
LEFT JOIN (
  SELECT product_id, count(*) AS viewed
  FROM views
  WHERE viewed_on >= date_sub(current_date(), 28)
  GROUP BY product_id
) AS v ON v.product_id = p.product_id
WHERE p.discontinued_on IS NULL
ORDER BY conversion DESC NULLS LAST, p.product_id
LIMIT 500;
SELECT
  a.product_id AS product,
  b.product_id AS bought_together,
  count(DISTINCT a.order_id) AS together,
  count(DISTINCT a.order_id) * 1.0D / any_value(t.orders) AS confidence
FROM order_lines a
JOIN order_lines b
  ON a.order_id = b.order_id AND a.product_id < b.product_id
JOIN (SELECT product_id, count(DISTINCT order_id) AS orders FROM order_lines GROUP BY product_id) t
  ON t.product_id = a.product_id
GROUP BY a.product_id, b.product_id
HAVING count(DISTINCT a.order_id) >= 20;
SELECT user_id, tag, count(*) AS n
FROM reviews
LATERAL VIEW explode(split(lower(tags), '\\s*,\\s*')) exploded AS tag
WHERE tag <> ''
  AND length(tag) BETWEEN 2 AND 40
GROUP BY user_id, tag
DISTRIBUTE BY user_id
SORT BY user_id, n DESC;
SELECT
  basket_id,
  size(items) AS lines,
  array_max(transform(items, i -> i.price * i.quantity)) AS dearest_line,
  element_at(array_sort(items, (l, r) -> CASE WHEN l.price > r.price THEN -1 WHEN l.price < r.price THEN 1 ELSE 0 END), 1).sku AS dearest_sku,
  map_from_entries(transform(items, i -> struct(i.sku, i.quantity))) AS quantities
FROM (
  SELECT basket_id, from_json(payload, 'array<struct<sku: string, price: double, quantity: int>>') AS items
  FROM raw_baskets
)
WHERE size(items) > 0;
WITH prices AS (
  SELECT product_id, price, valid_from,
         coalesce(lead(valid_from) OVER (PARTITION BY product_id ORDER BY valid_from), TIMESTAMP '9999-12-31 00:00:00') AS valid_to
  FROM price_history
)
SELECT l.order_id, l.product_id, l.quantity, p.price, l.quantity * p.price AS line_total
FROM order_lines l
JOIN orders o ON o.order_id = l.order_id
JOIN prices p
  ON p.product_id = l.product_id
 AND o.ordered_at >= p.valid_from
 AND o.ordered_at < p.valid_to;
SELECT
  coalesce(s.store_id, r.store_id) AS store_id,
  coalesce(s.week, r.week) AS week,
  nvl(s.sales, 0) - nvl(r.returns, 0) AS net
FROM (
  SELECT store_id, weekofyear(sold_on) AS week, sum(amount) AS sales FROM sales GROUP BY store_id, weekofyear(sold_on)
) s
FULL OUTER JOIN (
  SELECT store_id, weekofyear(returned_on) AS week, sum(amount) AS returns FROM returns GROUP BY store_id, weekofyear(returned_on)
) r
ON s.store_id = r.store_id AND s.week = r.week
WHERE coalesce(s.week, r.week) IS NOT NULL;
FROM (
  SELECT user_id, product_id, rating, rated_at
  FROM ratings
  WHERE rating BETWEEN 1 AND 5
) AS r
JOIN products p ON r.product_id = p.product_id
SELECT r.user_id, p.brand, avg(r.rating) AS mean_rating, count(*) AS n
GROUP BY r.user_id, p.brand
HAVING count(*) > 2
ORDER BY mean_rating DESC;
SELECT region, country, city, sum(amount) AS revenue, count(DISTINCT customer_id) AS customers
FROM sales
JOIN stores USING (store_id)
GROUP BY GROUPING SETS (
  (region, country, city),
  (region, country),
  (region),
  ()
)
ORDER BY region NULLS FIRST, country NULLS FIRST, city NULLS FIRST;
SELECT sku, warehouse, quantity
FROM stock
UNPIVOT INCLUDE NULLS (
  quantity FOR warehouse IN (berlin AS `Berlin`, zurich AS `Zürich`, vienna AS `Wien`)
)
WHERE quantity IS NULL OR quantity < 10;
