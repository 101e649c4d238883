"""The places of WebKit's small browser."""

from pathlib import Path

from devtools import webkit


def put(libraries: Path, place: str) -> Path:
    """Put a program at a place below the library folders."""
    program = libraries / place / "MiniBrowser"
    program.parent.mkdir(parents=True)
    program.touch()
    return program


def test_the_newest_browser_is_taken(tmp_path: Path) -> None:
    """Debian's folder of the architecture; of two versions the newer one."""
    put(tmp_path, "lib/x86_64-linux-gnu/webkit2gtk-4.0")
    newer = put(tmp_path, "lib/x86_64-linux-gnu/webkit2gtk-4.1")
    assert webkit.find_browser(tmp_path) == str(newer)


def test_other_systems_have_it_elsewhere(tmp_path: Path) -> None:
    """Without a folder of the architecture."""
    program = put(tmp_path, "lib64/webkitgtk-6.0")
    assert webkit.find_browser(tmp_path) == str(program)


def test_no_browser(tmp_path: Path) -> None:
    """Nothing is found where nothing is."""
    assert webkit.find_browser(tmp_path) == ""


def test_one_program_missing_is_none(monkeypatch) -> None:
    """The driver alone is of no use: without a display there is no session."""
    monkeypatch.setattr(webkit, "find_browser", lambda: "/usr/lib/MiniBrowser")
    monkeypatch.setattr(
        webkit.shutil, "which", lambda name: "/usr/bin/x" if "Web" in name else None
    )
    assert webkit.find_webkit() is None
    monkeypatch.setattr(webkit.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert webkit.find_webkit() == webkit.WebKit(
        "/usr/bin/WebKitWebDriver", "/usr/lib/MiniBrowser", "/usr/bin/Xvfb"
    )
