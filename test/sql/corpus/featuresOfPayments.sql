-- Spending of a customer over several horizons, as of each transaction
SELECT
  t.customer_id,
  t.transaction_id,
  t.event_time,
  sum(t.amount) OVER last_day AS spent_1d,
  sum(t.amount) OVER last_week AS spent_7d,
  sum(t.amount) OVER last_month AS spent_30d,
  count(*) OVER last_day AS transactions_1d,
  max(t.amount) OVER last_month AS largest_30d,
  t.amount / nullif(avg(t.amount) OVER last_month, 0) AS relative_amount
FROM payments.transactions AS t
WHERE t.status = 'settled'
  AND t.event_time >= TIMESTAMP '2024-01-01 00:00:00'
WINDOW
  last_day AS (PARTITION BY t.customer_id ORDER BY t.event_time RANGE BETWEEN INTERVAL 1 DAY PRECEDING AND CURRENT ROW),
  last_week AS (PARTITION BY t.customer_id ORDER BY t.event_time RANGE BETWEEN INTERVAL 7 DAYS PRECEDING AND CURRENT ROW),
  last_month AS (PARTITION BY t.customer_id ORDER BY t.event_time RANGE BETWEEN INTERVAL 30 DAYS PRECEDING AND CURRENT ROW);
WITH settled AS (
  SELECT customer_id, merchant_id, amount, cast(event_time AS date) AS day
  FROM transactions
  WHERE status IN ('settled', 'captured') AND amount > 0
),
daily AS (
  SELECT customer_id, day, sum(amount) AS spent, count(DISTINCT merchant_id) AS merchants
  FROM settled
  GROUP BY customer_id, day
)
SELECT
  customer_id,
  avg(spent) AS mean_daily_spent,
  stddev_samp(spent) AS spread,
  percentile_approx(spent, array(0.5, 0.9, 0.99)) AS quantiles,
  max(merchants) AS most_merchants
FROM daily
GROUP BY customer_id
HAVING count(*) >= 10
ORDER BY mean_daily_spent DESC NULLS LAST
LIMIT 1000;
SELECT
  c.customer_id,
  coalesce(f.failed, 0) AS failed_attempts,
  coalesce(f.cards, 0) AS cards_tried,
  CASE
    WHEN f.failed IS NULL THEN 'none'
    WHEN f.failed < 3 THEN 'few'
    WHEN f.failed BETWEEN 3 AND 10 THEN 'some'
    ELSE 'many'
  END AS failure_band
FROM customers c
LEFT OUTER JOIN (
  SELECT customer_id, count(*) AS failed, count(DISTINCT card_hash) AS cards
  FROM attempts
  WHERE NOT succeeded
    AND attempted_at > current_timestamp() - INTERVAL '24' HOURS
  GROUP BY customer_id
) f
  ON c.customer_id = f.customer_id;
/* Merchants whose refunds grow faster than their sales */
WITH monthly AS (
  SELECT
    merchant_id,
    date_trunc('MONTH', event_time) AS month,
    sum(amount) FILTER (WHERE kind = 'sale') AS sales,
    sum(amount) FILTER (WHERE kind = 'refund') AS refunds
  FROM ledger
  GROUP BY 1, 2
),
changes AS (
  SELECT
    *,
    lag(sales) OVER (PARTITION BY merchant_id ORDER BY month) AS previous_sales,
    lag(refunds) OVER (PARTITION BY merchant_id ORDER BY month) AS previous_refunds
  FROM monthly
)
SELECT merchant_id, month, refunds / sales AS refund_rate
FROM changes
WHERE previous_sales > 0
  AND previous_refunds > 0
  AND refunds / previous_refunds > sales / previous_sales
ORDER BY merchant_id, month;
SELECT
  account_id,
  transform(
    filter(movements, m -> m.booked_on >= date_sub(current_date(), 30)),
    m -> named_struct('day', m.booked_on, 'value', m.debit - m.credit)
  ) AS recent,
  aggregate(movements, cast(0 AS decimal(18, 2)), (total, m) -> cast(total + m.debit - m.credit AS decimal(18, 2))) AS balance,
  exists(movements, m -> m.debit > 10000BD) AS has_large_debit
FROM (
  SELECT account_id, collect_list(struct(booked_on, debit, credit)) AS movements
  FROM bookings
  GROUP BY account_id
) accounts;
SELECT /*+ BROADCAST(rates) */
  t.customer_id AS entity,
  round(sum(t.amount * r.rate), 2) AS value,
  max(t.event_time) AS ts
FROM transactions t
JOIN rates r
  ON t.currency = r.currency
  AND cast(t.event_time AS date) = r.day
WHERE r.target = 'EUR'
GROUP BY t.customer_id
UNION ALL
SELECT
  customer_id,
  cast(0 AS double),
  created_at
FROM customers
WHERE customer_id NOT IN (SELECT customer_id FROM transactions WHERE customer_id IS NOT NULL);
WITH ordered AS (
  SELECT card_id, amount, country, event_time,
         lead(event_time) OVER (PARTITION BY card_id ORDER BY event_time) AS next_time,
         lead(country) OVER (PARTITION BY card_id ORDER BY event_time) AS next_country
  FROM card_events
)
SELECT card_id, count(*) AS impossible_journeys
FROM ordered
WHERE country <> next_country
  AND timestampdiff(MINUTE, event_time, next_time) < 60
GROUP BY card_id;
SELECT
  date_format(event_time, 'yyyy-MM') AS month,
  channel,
  sum(amount) AS total,
  grouping(channel) AS is_subtotal,
  grouping_id() AS level
FROM transactions
GROUP BY date_format(event_time, 'yyyy-MM'), channel WITH ROLLUP
HAVING sum(amount) <> 0
ORDER BY month NULLS LAST, channel NULLS LAST;
SELECT *
FROM (
  SELECT customer_id, method, amount
  FROM payments
  WHERE paid_at BETWEEN DATE '2024-01-01' AND DATE '2024-12-31'
)
PIVOT (
  sum(amount) AS total,
  count(*) AS n
  FOR method IN ('card' AS card, 'transfer' AS transfer, 'wallet' AS wallet)
)
ORDER BY customer_id;
SELECT
  invoice_id,
  customer_id,
  due_on,
  datediff(coalesce(paid_on, current_date()), due_on) AS days_late,
  CASE WHEN paid_on IS NULL AND due_on < current_date() THEN 1 ELSE 0 END AS is_overdue,
  sum(CASE WHEN paid_on > due_on THEN 1 ELSE 0 END)
    OVER (PARTITION BY customer_id ORDER BY due_on ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS late_before
FROM invoices
WHERE cancelled_at IS NULL;
WITH first_payment AS (
  SELECT customer_id, min(paid_at) AS first_paid_at FROM payments GROUP BY customer_id
)
SELECT
  date_trunc('week', f.first_paid_at) AS cohort,
  floor(datediff(p.paid_at, f.first_paid_at) / 7) AS week_number,
  count(DISTINCT p.customer_id) AS customers,
  sum(p.amount) AS revenue
FROM first_payment f
JOIN payments p USING (customer_id)
GROUP BY ALL
ORDER BY cohort, week_number;
SELECT
  sha2(concat_ws('|', lower(trim(email)), cast(birth_date AS string)), 256) AS person_key,
  max_by(named_struct('street', street, 'city', city, 'zip', lpad(zip, 5, '0')), updated_at) AS address,
  count_if(is_disputed) / count(*) AS dispute_rate,
  any_value(segment IGNORE NULLS) AS segment
FROM profiles
WHERE email RLIKE '^[^@]+@[^@]+\\.[a-z]{2,}$'
  AND email NOT LIKE '%@example.%'
GROUP BY 1;
