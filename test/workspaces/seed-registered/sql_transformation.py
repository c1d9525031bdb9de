@spark.sql_transformation()
def max_transaction_amount():
    """the average transaction amount for a user """
    return "SELECT CustomerID as user_id, " \
    "max(TransactionAmount) " "as max_transaction_amt " \
    "from {{transactions.kaggle}} GROUP BY user_id"
