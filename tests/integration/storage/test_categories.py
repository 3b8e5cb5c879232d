"""The category trees, on both databases."""

from affluent.domain.category import Category
from affluent.ports.storage import UnitsOfWork

GARDEN, TOOLS, RAKES = (
    Category(1, 0, "Garden", "Garden"),
    Category(2, 1, "Tools", "Garden > Tools"),
    Category(3, 2, "Rakes", "Garden > Tools > Rakes"),
)
KITCHEN = Category(9, 0, "Kitchen", "Kitchen")


def test_the_trees_come_back_by_id_and_replace_what_was_there(units: UnitsOfWork) -> None:
    renamed = Category(1, 0, "Yard", "Yard")
    with units() as work:
        work.categories.replace([KITCHEN, RAKES, TOOLS, GARDEN])
        first = work.categories.all()
        work.categories.replace([renamed, KITCHEN])
        second = work.categories.all()
        work.categories.replace([])
        nothing = work.categories.all()

    assert first == [GARDEN, TOOLS, RAKES, KITCHEN]
    assert (second, nothing) == ([renamed, KITCHEN], [])


def test_a_category_stands_for_all_below_it_and_an_unknown_one_for_itself(
    units: UnitsOfWork,
) -> None:
    with units() as work:
        work.categories.replace([GARDEN, TOOLS, RAKES, KITCHEN])

        assert work.categories.with_children([1]) == {1, 2, 3}
        assert work.categories.with_children([2, 9, 77]) == {2, 3, 9, 77}
        assert work.categories.with_children([]) == frozenset()


def test_a_category_that_is_its_own_ancestor_ends_the_walk(units: UnitsOfWork) -> None:
    with units() as work:
        work.categories.replace([Category(1, 2, "One"), Category(2, 1, "Two")])

        assert work.categories.with_children([1]) == {1, 2}


def test_trees_of_any_size_and_depth(units: UnitsOfWork) -> None:
    chain = [Category(number, number - 1, str(number)) for number in range(1, 12_001)]
    with units() as work:
        work.categories.replace(chain)

        assert len(work.categories.with_children(range(11_900, 12_001))) == 101
        assert len(work.categories.with_children([2])) == 11_999
        work.categories.replace(chain[:1])
        assert work.categories.all() == chain[:1]
