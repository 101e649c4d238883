"""The one Odoo of `./dev` and the image."""

import argparse
import gzip
import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from devtools import debian, odoo_pin, odoo_source
from devtools.errors import Problem
from devtools.settings import Settings

PIN = odoo_pin.Pin("odoo-19", "19.0.0+dfsg-1", "2026-03-22", "Debian, suite sid", "00" * 32)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a Debian package of some Odoo, built on 2026-11-05."""
    if not shutil.which("dpkg-deb"):
        pytest.skip("no dpkg-deb on this machine")
    folder = tmp_path_factory.mktemp("package")
    control = folder / "root" / "DEBIAN" / "control"
    control.parent.mkdir(parents=True, mode=0o755)
    control.write_text(
        "Package: odoo-19\nVersion: 19.0.1+dfsg-2\nArchitecture: all\n"
        "Maintainer: Nobody <nobody@example.com>\nDescription: Odoo\n"
    )
    file = folder / "odoo-19_19.0.1+dfsg-2_all.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "--build", str(folder / "root"), str(file)],
        check=True,
        capture_output=True,
        env={"SOURCE_DATE_EPOCH": "1793836800", "PATH": "/usr/bin:/bin"},
    )
    return file


def test_the_pin_says_what_is_to_be_had_and_how_to_check_it() -> None:
    pin = odoo_pin.read()
    assert pin.package in debian.PACKAGES
    assert pin.version.startswith("19.0")
    assert re.fullmatch(r"2\d{3}-\d\d-\d\d", pin.date)
    assert re.fullmatch(r"[0-9a-f]{64}", pin.sha256)
    assert pin.source


def test_a_pin_is_made_from_a_package(package: Path, tmp_path: Path) -> None:
    pin = odoo_pin.pin_of(package)
    assert (pin.package, pin.version, pin.date) == ("odoo-19", "19.0.1+dfsg-2", "2026-11-05")
    assert pin.sha256 == hashlib.sha256(package.read_bytes()).hexdigest()
    odoo_pin.write(pin, tmp_path / "pin.json")
    assert odoo_pin.read(tmp_path / "pin.json") == pin


def test_another_file_than_the_pinned_one_is_refused_and_removed(tmp_path: Path) -> None:
    file = tmp_path / "odoo-19_19.0.0+dfsg-1_all.deb"
    file.write_text("something else")
    with pytest.raises(Problem, match="não é o arquivo fixado"):
        PIN.check(file)
    assert not file.exists()


def unpacked(root: Path, version: str) -> Path:
    """Return a folder in which a package was unpacked."""
    log = root / "usr/share/doc/odoo-19/changelog.Debian.gz"
    log.parent.mkdir(parents=True)
    log.write_bytes(gzip.compress(f"odoo ({version}) unstable; urgency=medium\n".encode()))
    return root


def test_the_version_of_what_was_unpacked(tmp_path: Path) -> None:
    assert odoo_pin.unpacked_version(unpacked(tmp_path, "19.0.0+dfsg-1"), "odoo-19") == PIN.version
    assert odoo_pin.unpacked_version(tmp_path / "nothing", "odoo-19") == ""


@pytest.mark.parametrize(("version", "fetched"), [(PIN.version, 0), ("19.0.0~beta", 1)])
def test_an_odoo_of_another_version_is_fetched_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, fetched: int
) -> None:
    """After the pin was moved, or back to an older commit."""
    calls = []
    root = unpacked(tmp_path / "odoo-19", version)
    (root / ".complete").write_text(
        odoo_source.fingerprint(odoo_source.SUITE, *odoo_source.PACKAGES)
    )
    monkeypatch.setattr(odoo_source, "read", lambda: PIN)
    monkeypatch.setattr(odoo_source, "fetch_odoo", lambda *given: calls.append(given))
    monkeypatch.setattr(odoo_source, "_installed", lambda: None)
    odoo_source.find_odoo(Settings(tmp_path))
    assert len(calls) == fetched
    assert all(given[2] == PIN for given in calls)


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Debian's mirror, which has one version of Odoo."""

    def offer(version: str, package: Path | None = None) -> None:
        name = f"odoo-19_{version}_all.deb"

        def fetch(_apt, _wanted, _sizes, folder: Path) -> None:
            shutil.copy(package, folder / name)

        monkeypatch.setattr(debian.shutil, "which", lambda name: name)
        monkeypatch.setattr(debian.PrivateApt, "prepare", lambda _self: [])
        monkeypatch.setattr(
            debian.PrivateApt, "offers", lambda _self, wanted: wanted == f"odoo-19={version}"
        )
        monkeypatch.setattr(debian.PrivateApt, "sizes", lambda _self, _wanted: {name: 1})
        monkeypatch.setattr(odoo_pin, "download", fetch)
        monkeypatch.setattr(debian, "download", fetch)

    return offer


def test_a_version_that_is_gone_is_named_with_what_to_do(tmp_path: Path, mirror) -> None:
    mirror("19.0.1+dfsg-2")
    with pytest.raises(Problem) as caught:
        debian.fetch_odoo(tmp_path, tmp_path / "downloads", PIN)
    said = str(caught.value)
    assert "não oferece mais o Odoo 19 que odoo-version.json fixa: 19.0.0+dfsg-1" in said
    assert "./dev update-odoo" in said
    assert "./dev test" in said
    assert "--odoo" in said


def test_what_is_downloaded_is_checked(tmp_path: Path, mirror, package: Path) -> None:
    mirror(PIN.version, package)
    with pytest.raises(Problem, match="esperado: 0000"):
        debian.fetch_odoo(tmp_path, tmp_path / "downloads", PIN)


def test_the_pin_moves_to_what_is_offered(
    tmp_path: Path, mirror, package: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    mirror("19.0.1+dfsg-2", package)
    file = tmp_path / "odoo-version.json"
    odoo_pin.write(PIN, file)
    monkeypatch.setattr(odoo_pin, "read", lambda: PIN)
    monkeypatch.setattr(odoo_pin.write, "__defaults__", (file,))
    nothing = argparse.Namespace()
    assert odoo_pin.update_odoo(Settings(tmp_path / "cache"), nothing, []) == 0
    said = capsys.readouterr().err
    assert "19.0.0+dfsg-1 (2026-03-22) -> 19.0.1+dfsg-2 (2026-11-05)" in said
    assert "execute ./dev test" in said
    monkeypatch.undo()
    moved = odoo_pin.read(file)
    assert moved == odoo_pin.pin_of(package)
    assert list((tmp_path / "cache" / "downloads").glob("*.deb")) == []


def test_a_pin_that_is_the_newest_stays(
    tmp_path: Path, mirror, package: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    mirror("19.0.1+dfsg-2", package)
    pin = odoo_pin.pin_of(package)
    monkeypatch.setattr(odoo_pin, "read", lambda: pin)
    monkeypatch.setattr(odoo_pin, "write", lambda _pin: pytest.fail("nothing is to be written"))
    odoo_pin.update_odoo(Settings(tmp_path / "cache"), argparse.Namespace(), [])
    assert "já fixa o que o Debian oferece: 19.0.1+dfsg-2" in capsys.readouterr().err
