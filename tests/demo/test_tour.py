"""docs/tour.md, played from its first command to its last: what it shows is what is printed."""

from __future__ import annotations

import shutil
import socket
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.demo.console import Command, Settings, is_as_shown, opened_shell, steps_of

TOUR = Path(__file__).resolve().parents[2] / "docs" / "tour.md"
#: The ports that the tour names; the test takes free ones instead.
PORTS = ("8710", "8711", "8712", "4200")
NEEDED = ("bash", "curl", "sed", "grep", "python3")


@pytest.mark.timeout(2400)  # for a machine that has much else to do; alone it takes far less
@pytest.mark.skipif(
    any(shutil.which(one) is None for one in NEEDED), reason=f"the tour needs {', '.join(NEEDED)}"
)
def test_the_tour_is_true(tmp_path: Path) -> None:
    document = _on_free_ports(TOUR.read_text("utf-8"))
    surroundings = {"COLUMNS": "100", "LC_ALL": "C.UTF-8", "DO_NOT_TRACK": "1"}

    with opened_shell(tmp_path, surroundings) as shell:
        for step in steps_of(document):
            match step:
                case Settings(text):
                    with (tmp_path / "affluent.yaml").open("a", encoding="utf-8") as settings:
                        settings.write(text)
                case Command(line, shown):
                    printed, status = shell.run(line)
                    told = f"$ {line}\n{printed}"
                    assert status == 0, told
                    assert is_as_shown(printed, shown), f"{told}\nThe tour shows:\n{shown}"


def _on_free_ports(document: str) -> str:
    with ExitStack() as stack:
        for port in PORTS:
            listener = stack.enter_context(socket.socket())
            listener.bind(("127.0.0.1", 0))
            document = document.replace(port, str(listener.getsockname()[1]))
    return document


@pytest.mark.parametrize(
    ("printed", "shown", "same"),
    [
        ("a\nb\nc\n", "a\n...\nc\n", True),
        ("│ sent   │ 3     │\n", "│ sent ... │ 3 ...\n", True),
        ("│ sent   │ 4     │\n", "│ sent ... │ 3 ...\n", False),
        ("", "", True),
        ("something\n", "", False),
        ("", "something\n", False),
    ],
)
def test_what_differs_from_the_tour_is_noticed(printed: str, shown: str, same: bool) -> None:
    assert is_as_shown(printed, shown) is same
