"""The living demo: a city's 156 with a past, and a day of it played in minutes.

For databases that `./dev` made, and for no other. What is drawn is pure and comes from a seed
(`shape`, `drawing`, `shifts`, `past`, `words`); what acts (`playing`, `citizens`, `agents`) uses
the simulated telephones and Odoo's own calls, as people do.
"""
