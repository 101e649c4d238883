"""Safe calls to web services that respond with JSON, without Odoo and flows."""

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
