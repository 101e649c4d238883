"""Pinned packages are held against a list of advisories that anybody can renew."""

import io
import json
import zipfile

import pytest

from devtools import advisories
from devtools.settings import ROOT

KNOWN = [
    {"id": "CVE-1", "package": "Some_Package", "affected": ["<1.5", ">=2,<2.1"], "summary": "bad"}
]


@pytest.fixture
def pinned(tmp_path):
    def write(text):
        path = tmp_path / "requirements.txt"
        path.write_text(text)
        return [path]

    return write


@pytest.mark.parametrize(
    ("line", "affected"),
    [
        ("some-package==1.4", True),
        ("some.package==1.5", False),
        ("some-package==2.0.1rc1", True),
        ("some-package==2.0.9 ; python_full_version < '3.11'", True),
        ("some-package==2.1", False),
        ("another==1.4", False),
        ("# some-package==1.4", False),
        ("some-package[extra]==1.4  # why", True),
    ],
)
def test_affected_versions_are_named(pinned, line, affected):
    found = advisories.problems_of(pinned(line), KNOWN, {})
    assert bool(found) == affected
    assert not affected or ("CVE-1" in found[0] and "requirements.txt: some-package" in found[0])


def test_what_was_judged_passes_as_long_as_it_is_needed(pinned):
    judged = {"CVE-1": "only on another system"}
    assert advisories.problems_of(pinned("some-package==1.4"), KNOWN, judged) == []
    (line,) = advisories.problems_of(pinned("some-package==1.5"), KNOWN, judged)
    assert "judged, but no pin is affected: CVE-1" in line


def test_what_is_pinned_here_is_clean(capsys):
    assert advisories.main([]) == 0, capsys.readouterr().out
    assert all(len(reason) > 20 for reason in advisories.JUDGED.values())


def test_every_entry_of_the_list_can_be_matched():
    entries = json.loads(advisories.LIST.read_text())
    assert len(entries) > 30
    for entry in entries:
        assert set(entry) == {"id", "package", "affected", "summary"}
        advisories.affects(entry, entry["package"], "1.0")
    names = {package for _f, package, _v in advisories.pins(ROOT / f for f in advisories.FILES)}
    assert {entry["package"] for entry in entries} <= names


def test_renewed_from_the_server_of_osv(monkeypatch):
    """It is asked for every pinned package, page by page."""
    questions = []
    pages = {
        ("a", None): {"vulns": [{"id": "A-1"}], "next_page_token": "more"},
        ("a", "more"): {"vulns": [{"id": "A-2"}]},
        ("b", None): {},
    }

    def urlopen(request, timeout):
        question = json.loads(request.data)
        questions.append((request.full_url, question["package"]["ecosystem"]))
        answer = pages[question["package"]["name"], question.get("page_token")]
        return io.BytesIO(json.dumps(answer).encode())

    monkeypatch.setattr(advisories.urllib.request, "urlopen", urlopen)
    assert [entry["id"] for entry in advisories.asked({"b", "a"})] == ["A-1", "A-2"]
    assert questions == [("https://api.osv.dev/v1/query", "PyPI")] * 3


def test_renewed_from_the_export_of_osv(tmp_path):
    entries = {
        "GHSA-a": {
            "id": "GHSA-a",
            "aliases": ["CVE-9", "PYSEC-1"],
            "summary": "two\nlines",
            "affected": [
                {
                    "package": {"name": "Some.Package", "ecosystem": "PyPI"},
                    "ranges": [
                        {
                            "type": "ECOSYSTEM",
                            "events": [
                                {"introduced": "0"},
                                {"fixed": "1.5"},
                                {"introduced": "2.0"},
                                {"last_affected": "2.3"},
                            ],
                        },
                        {"type": "GIT", "events": [{"introduced": "abc"}]},
                    ],
                },
                {"package": {"name": "foreign"}, "versions": ["1"]},
            ],
        },
        "GHSA-b": {"id": "GHSA-b", "withdrawn": "2026-01-01", "affected": []},
        "GHSA-c": {
            "id": "GHSA-c",
            "affected": [{"package": {"name": "some-package"}, "versions": ["3.0", "not one"]}],
        },
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, entry in entries.items():
            archive.writestr(f"{name}.json", json.dumps(entry))
    (tmp_path / "all.zip").write_bytes(packed.getvalue())
    renewed = advisories.renew(advisories.exported(tmp_path / "all.zip"), {"some-package"})
    assert renewed == [
        {
            "id": "CVE-9",
            "package": "some-package",
            "affected": [">=0,<1.5", ">=2.0,<=2.3"],
            "summary": "two lines",
        },
        {"id": "GHSA-c", "package": "some-package", "affected": ["==3.0"], "summary": ""},
    ]


def test_renewed_from_a_checkout_of_pypa(tmp_path):
    """Two entries of one hole are one; what was written by hand stays as long as it is pinned."""
    for number, fixed in ((1, "1.5"), (2, "1.6")):
        path = tmp_path / "vulns" / "some-package" / f"PYSEC-2026-{number}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"id: PYSEC-2026-{number}\n"
            'published: "2026-07-08T17:17:27.020Z"\n'
            "aliases: [CVE-9]\n"
            "details: what is wrong\n"
            "affected:\n"
            "- package: {name: some-package, ecosystem: PyPI}\n"
            "  ranges:\n"
            f'  - {{type: ECOSYSTEM, events: [{{introduced: "0"}}, {{fixed: "{fixed}"}}]}}\n'
        )
    by_hand = {"id": "stolen-2025", "package": "some-package", "affected": ["==1.7"], "summary": ""}
    gone = {**by_hand, "package": "no-longer-pinned"}
    old = {**by_hand, "id": "CVE-2020-1"}
    entries = advisories.exported(tmp_path)
    assert advisories.renew(entries, {"some-package"}, [by_hand, gone, old]) == [
        {
            "id": "CVE-9",
            "package": "some-package",
            "affected": [">=0,<1.5", ">=0,<1.6"],
            "summary": "what is wrong",
        },
        by_hand,
    ]
