"""The seed of all that a run of the tests draws: the clock, hypothesis's examples.

It comes from the content of the commit. So every commit is tried with another moment and other
examples, and the same commit always with the same ones: what was green on one machine is not red on
the next by chance.
"""

from __future__ import annotations

import random
from pathlib import Path

from .changed import git
from .settings import ROOT


def seed(root: Path = ROOT) -> int:
    """Return the seed of the commit's content; outside a git work tree a random one."""
    tree = git("rev-parse", "HEAD^{tree}", root=root)
    return int(tree[:8], 16) if tree else random.SystemRandom().getrandbits(32)
