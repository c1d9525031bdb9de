import unittest

from support import step_of
from literal_position import literal_position
from python_position import constant_position, nodes_of, return_position


class LiteralPositionTest(unittest.TestCase):
    def place(self, source, text, part, first_line=10):
        step = step_of(source, first_line)
        start = text.index(part)
        position = literal_position(nodes_of(step), text, start, start + len(part), step)
        if position is None:
            return None
        self.assertEqual(position["fileName"], "/project/definitions.py")
        return tuple(position[key] for key in ("line", "character", "endLine", "endCharacter"))

    def test_a_part_of_a_text_that_stands_as_it_is(self):
        source = "def f(df):\n    return df.where('\U0001f600 = nope')\n"
        self.assertEqual(self.place(source, "\U0001f600 = nope", "nope"), (11, 26, 11, 30))

    def test_a_text_of_several_lines_whatever_ends_them(self):
        text = "SELECT a,\n  nope\nFROM t"
        for end in ("\n", "\r\n", "\r"):
            source = 'def f(df):\n    x = 1; return s.sql(r"""%s""")\n' % text
            self.assertEqual(self.place(source.replace("\n", end), text, "nope"), (12, 2, 12, 6))
            self.assertEqual(self.place(source.replace("\n", end), text, "a,\n  no"), (11, 35, 12, 4))

    def test_all_of_a_text_with_escapes_or_in_parts(self):
        self.assertEqual(self.place("def f(df):\n    g('a\\tb')\n", "a\tb", "b"), (11, 6, 11, 12))
        self.assertEqual(self.place("def f(df):\n    g('a' 'b')\n", "ab", "b"), (11, 6, 11, 13))

    def test_nothing_where_it_could_be_several(self):
        self.assertIsNone(self.place("def f(df):\n    g('ab'); g('ab')\n", "ab", "b"))
        self.assertIsNone(self.place("def f(df):\n    g(text)\n", "ab", "b"))


class ConstantPositionTest(unittest.TestCase):
    def test_the_only_one(self):
        step = step_of("def f(df):\n    return df.select('a', 'b', 'b')\n")
        self.assertEqual(constant_position(nodes_of(step), ("t.a", "a"), step)["character"], 21)
        self.assertIsNone(constant_position(nodes_of(step), ("b",), step))


class ReturnPositionTest(unittest.TestCase):
    def test_is_certain_only_at_the_end(self):
        early = step_of("def f(df):\n    if df:\n        return df\n    df.count()\n")
        self.assertEqual(return_position(early)["line"], 3)
        self.assertIsNone(return_position(early, certain=True))
        late = step_of("def f(df):\n    return df.show()\n")
        self.assertEqual(return_position(late, certain=True)["line"], 2)
