# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import FlowCase

TREES, LEVELS, OPTIONS = 10, 5, 10


def _deeper(tree, level):
    """Return the number of the option that leads on, from 1; another one in each tree."""
    return (tree + level) % OPTIONS + 1


def _document(tree, words="Fim da árvore"):
    """Return a flow's document: menus of ten options, one below the other, five levels deep."""
    steps = []
    for level in range(1, LEVELS + 1):
        below = f"nivel_{level + 1}" if level < LEVELS else "chegou"
        options = [
            {
                "id": f"o{number}",
                "title": f"Opção {number}",
                "goto": below if number == _deeper(tree, level) else "fim",
            }
            for number in range(1, OPTIONS + 1)
        ]
        text = f"Árvore {tree}, nível {level}"
        title = {"key": f"nivel_{level}", "kind": "menu", "title": f"Nível {level}"}
        steps.append({**title, "text": text, "options": options})
    steps.append({"key": "fim", "kind": "end", "title": "Fim", "text": f"Saída {tree}"})
    steps.append({"key": "chegou", "kind": "end", "title": "Chegou", "text": f"{words} {tree}"})
    return {"name": f"Árvore {tree}", "code": f"arvore_{tree}", "steps": steps}


@tagged("post_install", "-at_install")
class TestTenTrees(FlowCase):
    """Ten trees of five levels with ten options each serve side by side."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        flows = cls.env["chatbot.flow"]
        cls.trees = flows
        for tree in range(TREES):
            flow = flows._new_from_document(_document(tree))
            flow._load_document(_document(tree))
            flow.action_publish()
            cls.trees |= flow

    def test_each_citizen_goes_down_their_own(self):
        talks = [self._talk("oi", flow=flow) for flow in self.trees]
        for level in range(1, LEVELS + 1):
            for tree, talk in enumerate(talks):
                self.assertEqual(self._session(talk).step_key, f"nivel_{level}")
                self.assertIn(f"Árvore {tree}, nível {level}", self._last_said(talk))
            if level == 3:
                # Changed and published again while citizens are in the middle of it.
                changed = _document(4, "Outra saída")
                self.trees[4]._load_document(changed)
                self.trees[4].action_publish()
            for tree, talk in enumerate(talks):
                self._type(talk, str(_deeper(tree, level)))
        for tree, talk in enumerate(talks):
            self.assertEqual(talk.state, "closed")
            self.assertIn(f"Fim da árvore {tree}", self._last_said(talk))
            self.assertEqual(self._session(talk).flow_id, self.trees[tree])
        later = self._talk("oi", flow=self.trees[4])
        self._type(later, *(str(_deeper(4, level)) for level in range(1, LEVELS + 1)))
        self.assertIn("Outra saída 4", self._last_said(later))

    def test_others_lead_out_at_each_level(self):
        """The option after the one that leads on ends the talk, each tree at another level."""
        for tree, flow in enumerate(self.trees):
            level = tree % LEVELS + 1
            way = [str(_deeper(tree, above)) for above in range(1, level)]
            number = _deeper(tree, level) % OPTIONS + 1
            talk = self._talk("oi", *way, str(number), flow=flow)
            self.assertEqual(talk.state, "closed")
            self.assertIn(f"Saída {tree}", self._last_said(talk))
