import unittest

import support  # noqa: F401
from sql_position import only_token, position_from_message, span_before_substitution, sql_position


class SqlPositionTest(unittest.TestCase):
    def at(self, sql, message):
        position = position_from_message(sql, message)
        return None if position is None else sql.encode("utf-16-le")[position["start"] * 2 : position["end"] * 2].decode("utf-16-le")

    def test_counts_utf16_units(self):
        sql = "SELECT '😀', idd"
        self.assertEqual(sql_position(sql, 12, 15), {"kind": "sql", "start": 13, "end": 16})

    def test_refuses_what_is_not_of_the_text(self):
        for start, end in ((-1, 0), (0, 0), (3, 2), (0, 99)):
            self.assertIsNone(sql_position("SELECT 1", start, end))

    def test_finds_the_token_of_a_line_and_position(self):
        sql = "SELECT a,\n  '😀' AS b, -- wher\n  c\nFROM t wher x"
        self.assertEqual(self.at(sql, "Syntax error at or near 'x'.(line 4, pos 12)"), "x")
        self.assertEqual(self.at(sql, "cannot resolve 'c' given input columns: []; line 3 pos 2;\n'Project"), "c")
        self.assertEqual(self.at(sql, "; line 2 pos 2"), "'😀'")
        self.assertEqual(self.at(sql, "(line 2, pos 11)"), "c")

    def test_takes_the_last_token_at_the_end_of_input(self):
        self.assertEqual(self.at("SELECT a FROM t WHERE  -- why\n", "at or near end of input.(line 2, pos 0)"), "WHERE")
        self.assertEqual(self.at("SELECT a FROM", "(line 1, pos 13)"), "FROM")

    def test_reads_what_runtime_errors_draw(self):
        sql = "SELECT a,\n  1 / (b - b) AS c\nFROM t"
        drawn = "Division by zero.\n== SQL(line 2, position 3) ==\n  1 / (b - b) AS c\n  ^^^^^^^^^^^\n"
        self.assertEqual(self.at(sql, drawn), "1 / (b - b)")
        self.assertEqual(self.at(sql, drawn.replace("position 3", "position 2")), "1 / (b - b)")

    def test_takes_all_of_a_text_of_comments(self):
        self.assertEqual(self.at("-- why", "at or near end of input.(line 1, pos 6)"), "-- why")

    def test_leads_back_over_variables_that_were_filled_in(self):
        sql, parsed = "SELECT '${spark.app.name}' AS app, nope FROM t", "SELECT 'sparkform' AS app, nope FROM t"
        written = [(7, 18), (19, 21), (parsed.index("nope"), parsed.index("nope") + 4), (9, 12)]
        found = [sql[slice(*span_before_substitution(sql, parsed, *span))] for span in written]
        self.assertEqual(found, ["'${spark.app.name}'", "AS", "nope", "${spark.app.name}"])
        self.assertEqual(span_before_substitution(sql, sql, 3, 5), (3, 5))

    def test_finds_a_token_that_stands_once(self):
        sql = "SELECT city, 'city' AS c -- city\nFROM t GROUP BY c"
        self.assertEqual(only_token(sql, lambda token: token == "city"), {"kind": "sql", "start": 7, "end": 11})
        self.assertIsNone(only_token(sql, lambda token: token == "c"))

    def test_gives_nothing_where_nothing_fits(self):
        for message in ("", "no place", "(line 9, pos 0)", "== SQL(line 1, position 1) ==\nother text\n^^^\n"):
            self.assertIsNone(position_from_message("SELECT 1", message))
