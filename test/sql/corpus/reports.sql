WITH bounds AS (
  SELECT DATE '2024-01-01' AS first_day, last_day(DATE '2024-12-01') AS last_day
),
months AS (
  SELECT explode(sequence(b.first_day, b.last_day, INTERVAL 1 MONTH)) AS month
  FROM bounds b
),
active AS (
  SELECT m.month, s.plan, count(*) AS subscriptions, sum(s.price) AS revenue
  FROM months m
  JOIN subscriptions s
    ON s.started_on < add_months(m.month, 1)
   AND coalesce(s.ended_on, DATE '9999-12-31') >= m.month
  GROUP BY m.month, s.plan
),
churned AS (
  SELECT date_trunc('MONTH', ended_on) AS month, plan, count(*) AS ended
  FROM subscriptions
  WHERE ended_on IS NOT NULL
  GROUP BY date_trunc('MONTH', ended_on), plan
)
SELECT
  a.month,
  a.plan,
  a.subscriptions,
  a.revenue,
  coalesce(c.ended, 0) AS ended,
  coalesce(c.ended, 0) / lag(a.subscriptions) OVER (PARTITION BY a.plan ORDER BY a.month) AS churn
FROM active a
LEFT JOIN churned c
  ON a.month = c.month AND a.plan = c.plan
ORDER BY a.plan, a.month;
SELECT d.department, y.year, coalesce(b.budget, 0BD) AS budget, coalesce(s.spent, 0BD) AS spent,
       CASE
         WHEN b.budget IS NULL THEN 'unplanned'
         WHEN s.spent > b.budget * 1.1BD THEN 'over'
         WHEN s.spent < b.budget * 0.5BD THEN 'under'
         ELSE 'as planned'
       END AS verdict
FROM departments d
CROSS JOIN (SELECT 2023 AS year UNION ALL SELECT 2024) y
LEFT JOIN budgets b ON b.department = d.department AND b.year = y.year
LEFT JOIN (
  SELECT department, year(booked_on) AS year, cast(sum(amount) AS decimal(20, 2)) AS spent
  FROM expenses
  GROUP BY department, year(booked_on)
) s ON s.department = d.department AND s.year = y.year
ORDER BY d.department, y.year;
SELECT 'orders' AS source, count(*) AS rows, count_if(order_id IS NULL) AS without_id, max(loaded_at) AS newest FROM orders
UNION ALL
SELECT 'customers', count(*), count_if(customer_id IS NULL), max(loaded_at) FROM customers
UNION ALL
SELECT 'products', count(*), count_if(product_id IS NULL), max(loaded_at) FROM products
UNION ALL
(
  SELECT 'events', count(*), count_if(event_id IS NULL), max(loaded_at)
  FROM events
  WHERE loaded_at >= date_sub(current_date(), 1)
)
ORDER BY newest;
WITH duplicates AS (
  SELECT md5(concat_ws(',', lower(name), zip)) AS fingerprint, count(*) AS n, min(customer_id) AS keep
  FROM customers
  GROUP BY 1
  HAVING count(*) > 1
)
SELECT c.customer_id, d.keep AS merge_into, d.n
FROM customers c
JOIN duplicates d
  ON md5(concat_ws(',', lower(c.name), c.zip)) = d.fingerprint
WHERE c.customer_id <> d.keep;
SELECT
  label.user_id,
  label.churned,
  features.orders_90d,
  features.tickets_90d,
  features.ts
FROM labels AS label
LEFT JOIN (
  SELECT l.user_id, l.labelled_at, max(struct(f.ts, f.orders_90d, f.tickets_90d)) AS newest
  FROM labels l
  JOIN user_features f ON f.user_id = l.user_id AND f.ts <= l.labelled_at
  GROUP BY l.user_id, l.labelled_at
) joined
  ON label.user_id = joined.user_id AND label.labelled_at = joined.labelled_at
LATERAL VIEW OUTER inline(array(joined.newest)) features AS ts, orders_90d, tickets_90d;
SELECT t.customer_id, t.agreed, t.first_reply
FROM (
  SELECT
    ticket.customer_id,
    ticket.opened_at + make_interval(0, 0, 0, 0, sla.hours) AS agreed,
    min(reply.sent_at) AS first_reply
  FROM support.tickets AS ticket
  JOIN support.agreements AS sla ON sla.plan = ticket.plan
  LEFT JOIN support.replies AS reply
    ON reply.ticket_id = ticket.ticket_id AND reply.author = 'agent'
  GROUP BY ticket.customer_id, ticket.opened_at, sla.hours
) t
WHERE t.first_reply IS NULL AND t.agreed < current_timestamp()
   OR t.first_reply > t.agreed;
WITH snapshots AS (
  SELECT 'old' AS version, * FROM inventory VERSION AS OF 41
  UNION ALL
  SELECT 'new' AS version, * FROM inventory VERSION AS OF 42
)
SELECT
  sku,
  max(quantity) FILTER (WHERE version = 'new') AS now,
  max(quantity) FILTER (WHERE version = 'old') AS before,
  coalesce(max(quantity) FILTER (WHERE version = 'new'), 0)
    - coalesce(max(quantity) FILTER (WHERE version = 'old'), 0) AS difference
FROM snapshots
GROUP BY sku
HAVING difference <> 0;
SELECT
  column_name,
  count(*) AS n,
  count(value) / count(*) AS filled,
  approx_count_distinct(value) AS different,
  min(value) AS least,
  max(value) AS greatest
FROM (
  SELECT cast(id AS string) AS id, cast(amount AS string) AS amount, cast(country AS string) AS country
  FROM orders
)
UNPIVOT INCLUDE NULLS (value FOR column_name IN (id, amount, country))
GROUP BY column_name;
