"""The paths of categories, whatever the tree looks like."""

from affluent.domain.category import Category, with_paths


def test_a_path_leads_from_the_top_down_in_whatever_order_the_rows_come() -> None:
    rows = [Category(3, 2, "Rakes"), Category(1, 0, "Garden"), Category(2, 1, "Tools")]

    assert [(one.category_id, one.path) for one in with_paths(rows)] == [
        (1, "Garden"),
        (2, "Garden > Tools"),
        (3, "Garden > Tools > Rakes"),
    ]


def test_a_category_that_comes_twice_is_kept_as_it_came_last() -> None:
    assert with_paths([Category(1, 0, "Old"), Category(1, 0, "New")]) == [
        Category(1, 0, "New", "New")
    ]


def test_an_unknown_parent_and_a_circle_end_the_path() -> None:
    rows = [Category(7, 99, "Lost"), Category(1, 2, "One"), Category(2, 1, "Two")]

    assert [one.path for one in with_paths(rows)] == ["Two > One", "One > Two", "Lost"]
