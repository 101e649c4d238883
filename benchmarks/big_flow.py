"""A flow of five levels of ten options as a file.

11,111 menus, 111,111 ends of ways.

The biggest tree that the tender names, written out: what an import, the checks and a publication
of it cost is measured by ``row_big_flow.py``; the engine's part alone without Odoo by
``PYTHONPATH=addons:. python -m benchmarks.big_flow``.
"""

import json
import sys
import time
from pathlib import Path

ADDONS = str(Path(__file__).resolve().parent.parent / "addons")
LEVELS = 5
OPTIONS = 10


def definition(levels: int = LEVELS, options: int = OPTIONS) -> dict:
    """Return the flow: menus of every level, an end and a person below the last."""
    steps = []
    level = [""]
    for depth in range(levels):
        below = []
        for path in level:
            entries = []
            for number in range(1, options + 1):
                goto = f"m{path}_{number}" if depth + 1 < levels else ("fim", "gente")[number % 2]
                below.append(f"{path}_{number}")
                entries.append({"id": str(number), "title": f"Assunto {number}", "goto": goto})
            steps.append(
                {
                    "key": f"m{path}",
                    "kind": "menu",
                    "title": f"Menu {path.replace('_', '.').strip('.') or 'principal'}",
                    "text": "Sobre o que você quer falar?",
                    "options": entries,
                }
            )
        level = below
    steps.append({"key": "fim", "kind": "end", "title": "Fim", "text": "Até logo!"})
    steps.append({"key": "gente", "kind": "hand_over", "title": "Atendente"})
    return {"name": "Cinco níveis de dez opções", "main_menu": "m", "steps": steps}


def measure(levels: int = LEVELS, options: int = OPTIONS) -> dict:
    """Return the seconds of what needs no Odoo: writing, reading, checking, a step."""
    if ADDONS not in sys.path:
        sys.path.insert(0, ADDONS)
    from chatbot_flow import engine
    from chatbot_flow.engine import exchange

    flow = definition(levels, options)
    times = {}

    def timed(name, work, *arguments):
        start = time.perf_counter()
        result = work(*arguments)
        times[name] = round(time.perf_counter() - start, 3)
        return result

    text = timed("write", exchange.dump, flow)
    document = timed("read", exchange.load, text)
    assert not document.problems, document.problems[:3]
    assert not timed("check", engine.check, document.data)
    compiled = timed("compile", engine.compile, document.data)
    state, _effects = engine.advance(compiled, None, engine.Start())
    for number in range(1, levels):
        state, _effects = timed(
            f"answer_{number}", engine.advance, compiled, state, engine.Answer("7")
        )
    timed("suggestion", engine.advance, compiled, state, engine.Answer("meu computador quebrou"))
    return {"steps": len(flow["steps"]), "megabytes": round(len(text) / 1e6, 1), "seconds": times}


if __name__ == "__main__":
    print(json.dumps(measure()))
