"""Questions to web services that answer with JSON, asked safely: no Odoo, no flow."""

from .asking import Answer, AskError, Question, ask
from .mapping import Mapping, MappingError, check_path, picked

__all__ = [
    "Answer",
    "AskError",
    "Mapping",
    "MappingError",
    "Question",
    "ask",
    "check_path",
    "picked",
]
