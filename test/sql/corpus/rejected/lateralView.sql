SELECT item FROM t LATERAL VIEW explode(split(tags, ',')) tag_table AS item PIVOT (sum(1) FOR item IN ('a'));
