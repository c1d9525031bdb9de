SELECT
  p.patient_id,
  floor(months_between(current_date(), p.birth_date) / 12) AS age,
  p.sex,
  count(DISTINCT v.visit_id) AS visits,
  count(DISTINCT CASE WHEN v.kind = 'emergency' THEN v.visit_id END) AS emergencies,
  collect_set(d.code) AS diagnoses,
  array_contains(collect_set(d.code), 'E11') AS is_diabetic
FROM patients p
LEFT JOIN visits v ON v.patient_id = p.patient_id AND v.admitted_on >= add_months(current_date(), -24)
LEFT JOIN diagnoses d ON d.visit_id = v.visit_id
GROUP BY p.patient_id, p.birth_date, p.sex;
WITH stays AS (
  SELECT patient_id, admitted_on, discharged_on,
         lag(discharged_on) OVER (PARTITION BY patient_id ORDER BY admitted_on) AS previous_discharge
  FROM admissions
  WHERE discharged_on IS NOT NULL
)
SELECT patient_id,
       count(*) AS stays,
       avg(datediff(discharged_on, admitted_on)) AS mean_days,
       max(CASE WHEN datediff(admitted_on, previous_discharge) <= 30 THEN 1 ELSE 0 END) AS readmitted
FROM stays
GROUP BY patient_id;
SELECT
  employee_id,
  department,
  salary,
  salary - avg(salary) OVER (PARTITION BY department) AS against_mean,
  percent_rank() OVER (PARTITION BY department ORDER BY salary) AS rank_in_department,
  first_value(name) OVER (PARTITION BY department ORDER BY salary DESC, hired_on) AS best_paid
FROM employees
WHERE hired_on <= current_date
  AND (left_on IS NULL OR left_on > current_date)
ORDER BY department, salary DESC;
SELECT
  u.user_id,
  u.country,
  u.signed_up_at,
  date_diff(DAY, u.signed_up_at, a.first_active_at) AS days_to_activation,
  a.active_days,
  a.active_days >= 5 AS is_retained
FROM users u
INNER JOIN (
  SELECT user_id, min(event_time) AS first_active_at, count(DISTINCT to_date(event_time)) AS active_days
  FROM events
  WHERE event_type NOT IN ('sign_up', 'email_opened')
  GROUP BY user_id
) a
ON u.user_id = a.user_id
WHERE u.is_test IS DISTINCT FROM true
  AND u.email NOT ILIKE ANY ('%@internal.example', '%+test@%');
WITH steps AS (
  SELECT user_id,
         min(event_time) FILTER (WHERE event_type = 'visit') AS visited,
         min(event_time) FILTER (WHERE event_type = 'sign_up') AS signed_up,
         min(event_time) FILTER (WHERE event_type = 'purchase') AS purchased
  FROM events
  GROUP BY user_id
)
SELECT date_trunc('DAY', visited) AS day,
       count(*) AS visitors,
       count_if(signed_up >= visited) AS sign_ups,
       count_if(purchased >= signed_up) AS purchases,
       round(100 * count_if(signed_up >= visited) / count(*), 1) AS sign_up_percent
FROM steps
WHERE visited IS NOT NULL
GROUP BY 1
ORDER BY 1;
SELECT student_id, subject, points, grade
FROM (
  SELECT student_id, subject, avg(points) AS points
  FROM exams
  GROUP BY student_id, subject
) e
JOIN VALUES (0, 50, 'F'), (50, 65, 'C'), (65, 85, 'B'), (85, 101, 'A') AS g (lower_bound, upper_bound, grade)
  ON e.points >= g.lower_bound AND e.points < g.upper_bound
ORDER BY student_id, subject;
SELECT
  a.user_id,
  b.user_id AS candidate,
  size(array_intersect(a.interests, b.interests)) / size(array_union(a.interests, b.interests)) AS similarity
FROM profiles a
JOIN profiles b
  ON a.city = b.city
 AND a.user_id <> b.user_id
WHERE size(array_intersect(a.interests, b.interests)) > 0
  AND NOT EXISTS (
    SELECT 1
    FROM blocks x
    WHERE (x.blocker = a.user_id AND x.blocked = b.user_id)
       OR (x.blocker = b.user_id AND x.blocked = a.user_id)
  );
WITH ranked AS (
  SELECT candidate_id, vacancy_id, score,
         row_number() OVER (PARTITION BY vacancy_id ORDER BY score DESC NULLS LAST, candidate_id) AS place
  FROM (
    SELECT c.candidate_id,
           v.vacancy_id,
           aggregate(
             zip_with(c.embedding, v.embedding, (x, y) -> x * y),
             0D,
             (total, product) -> total + product
           ) AS score
    FROM candidates c
    CROSS JOIN vacancies v
    WHERE v.closed_on IS NULL
  )
)
SELECT vacancy_id, collect_list(struct(place, candidate_id, score)) AS shortlist
FROM ranked
WHERE place <= 10
GROUP BY vacancy_id;
SELECT
  concat_ws(' ', initcap(first_name), upper(last_name)) AS name,
  regexp_extract(phone, '^\\+(\\d{1,3})', 1) AS country_code,
  overlay(phone PLACING '***' FROM length(phone) - 2 FOR 3) AS masked,
  substring(zip FROM 1 FOR 2) AS area,
  trim(LEADING '0' FROM account) AS account,
  position('@' IN email) > 0 AS has_email,
  extract(YEAR FROM birth_date) AS born
FROM contacts
WHERE trim(BOTH FROM last_name) <> '';
SELECT team, season, sum(points) AS points,
       sum(goals_for) - sum(goals_against) AS difference,
       rank() OVER (PARTITION BY season ORDER BY sum(points) DESC, sum(goals_for) - sum(goals_against) DESC) AS place
FROM (
  SELECT home AS team, season, home_goals AS goals_for, away_goals AS goals_against,
         CASE WHEN home_goals > away_goals THEN 3 WHEN home_goals = away_goals THEN 1 ELSE 0 END AS points
  FROM matches
  UNION ALL
  SELECT away, season, away_goals, home_goals,
         CASE WHEN away_goals > home_goals THEN 3 WHEN home_goals = away_goals THEN 1 ELSE 0 END
  FROM matches
)
GROUP BY team, season;
