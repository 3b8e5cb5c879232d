"""What people read: its links lead somewhere, and inside the project."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.project import PROJECT, project_files, relative, text_of

DOCUMENTS = [path for path in project_files() if path.suffix == ".md"]
FLOWS = sorted(
    path.stem
    for path in project_files()
    if path.parent.name == "flows" and "NAME =" in text_of(path)
)
READ_BY_USERS = [
    path
    for path in project_files()
    if path.suffix in {".md", ".template", ".yaml"} and "tests" not in path.parts
]


def test_what_users_read_names_no_place_outside_the_project() -> None:
    found = [
        relative(path)
        for path in READ_BY_USERS
        if re.search(r"\.\./shared|/wor[k]/", text_of(path))
    ]

    assert found == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    assert [link for link in links(text_of(document)) if not leads_somewhere(document, link)] == []


@pytest.mark.behaviour("S78")
@pytest.mark.parametrize("flow", FLOWS)
def test_every_flow_is_told_in_a_guide_of_the_index(flow: str) -> None:
    index = PROJECT / "docs/README.md"
    guides = [index.parent / link for link in links(text_of(index)) if link != "architecture.md"]

    assert [relative(guide) for guide in guides if flow in text_of(guide)] != []


@pytest.mark.behaviour("S78")
def test_the_first_page_leads_to_the_guides_and_to_a_place_to_ask() -> None:
    readme, contributing = PROJECT / "README.md", PROJECT / "CONTRIBUTING.md"

    assert {"docs/README.md", "docs/tour.md", "CONTRIBUTING.md"} <= set(links(text_of(readme)))
    assert "ask" in anchors(text_of(contributing))


def links(markdown: str) -> list[str]:
    """The links to places inside the project."""
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", markdown, flags=re.DOTALL)
    found = re.findall(r"\]\(([^)\s]+)\)|<img [^>]*src=\"([^\"]+)\"", prose)
    return [link for pair in found for link in pair if link and "://" not in link]


def leads_somewhere(document: Path, link: str) -> bool:
    place, _, heading = link.partition("#")
    target = (document.parent / place) if place else document
    if not target.exists() or not target.resolve().is_relative_to(PROJECT):
        return False
    return not heading or heading in anchors(text_of(target))


def anchors(markdown: str) -> set[str]:
    """The names under which a document's headings can be linked to."""
    titles = re.findall(r"^#+ (.+)$", markdown, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_a_dead_link_is_noticed(tmp_path: Path) -> None:
    document = PROJECT / "README.md"

    assert links("[a](missing.md) ![b](b.svg) `[c](d)`") == ["missing.md", "b.svg"]
    assert not leads_somewhere(document, "missing.md")
    assert not leads_somewhere(document, "README.md#no-such-heading")
