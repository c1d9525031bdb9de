@spark.sql_transformation()
def average_user_transaction():
    return "SELECT * FROM {{average_user_transaction.default}} " \
        "INNER JOIN {{max_transaction_amount}} ON " \
        "{{average_user_transaction.default}}.CustomerID = " \
        "{{max_transaction_amount.default}}.user_id"
