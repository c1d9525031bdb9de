SELECT * FROM db.t FOR SYSTEM_TIME AS OF date_sub(current_date, 1) x;
