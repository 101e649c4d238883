"""Things in the cache are whole or not there."""

import fcntl
import subprocess
import sys

import pytest

from devtools import install


def test_a_folder_is_made_once(tmp_path):
    made = []

    def build(folder):
        made.append(folder)
        (folder / "file").write_text("content")

    target = tmp_path / "thing"
    for _run in range(2):
        install.make_folder(target, "stamp", build)
    assert len(made) == 1
    assert (target / "file").read_text() == "content"
    assert install.is_complete(target, "stamp")


def test_an_interrupted_build_leaves_nothing_that_looks_whole(tmp_path):
    target = tmp_path / "thing"

    def interrupted(folder):
        (folder / "half").write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        install.make_folder(target, "stamp", interrupted)
    assert not target.exists()

    install.make_folder(target, "stamp", lambda folder: (folder / "whole").write_text("whole"))
    assert [path.name for path in target.iterdir() if path.name != install.STAMP] == ["whole"]


def test_another_stamp_replaces_the_folder(tmp_path):
    target = tmp_path / "thing"
    install.make_folder(target, "old", lambda folder: (folder / "old").touch())
    install.make_folder(target, "new", lambda folder: (folder / "new").touch())
    assert not (target / "old").exists()
    assert (target / "new").exists()


def test_a_failed_replacement_keeps_what_was_there(tmp_path):
    target = tmp_path / "thing"
    install.make_folder(target, "old", lambda folder: (folder / "old").touch())

    def fail(_folder):
        raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space"):
        install.make_folder(target, "new", fail)
    assert (target / "old").exists()


def test_a_file_is_written_whole_with_its_mode(tmp_path):
    path = tmp_path / "folder" / "odoo.conf"
    install.write_atomically(path, "secret", mode=0o600)
    assert path.read_text() == "secret"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_fingerprints_tell_parts_apart():
    assert install.fingerprint("ab", "c") != install.fingerprint("a", "bc")
    assert install.fingerprint("a", 1) == install.fingerprint("a", 1)


def test_a_lock_keeps_others_out_until_our_installer_ends(tmp_path):
    path = tmp_path / "setup.lock"
    with install.locked(path, "the set-up"):
        child = install.start([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        # We have let go of it; the installer that we left behind still holds it.
        assert not can_lock(path)
    finally:
        child.communicate(b"\n")
    assert can_lock(path)


def can_lock(path):
    with open(path, "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
