"""A test double of GLPI 10.0.6's REST API (``apirest.php``), with its quirks.

It knows tickets, their actors, followups, solutions and documents, the catalogues around them,
users and the search engine; everything is in memory. Its answers are compared with recorded ones of
a real GLPI in ``tests/contract``. `GlpiSandbox` starts it in-process; ``python -m sandbox.glpi``
alone.
"""

from .server import GlpiSandbox

__all__ = ["GlpiSandbox"]
