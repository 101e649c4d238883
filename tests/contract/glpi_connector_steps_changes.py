"""Recorded answers about changes of tickets and about documents."""

import hashlib

from .glpi_connector_step import (
    ASSIGNED,
    CRASH,
    NO_ROWS,
    REQUESTER,
    files_of,
    follow,
    lose,
    read,
    reads,
    refused,
    status,
    step,
    upload,
)

UPDATE_STEPS = [
    step(120, status(26, 6), None, 0),
    step(120, status(26, 2), refused("update"), 1),
    step(120, status(26, 1), None, 2),
    reads(120, 26, 3, status=1),
    *(step(121, status(25, value), None, 2 * i) for i, value in enumerate((2, 3, 4, 5, 6, 1))),
    *(reads(121, 25, 2 * i + 1, status=value) for i, value in enumerate((2, 3, 4, 5, 6, 1))),
    reads(122, 25, 1, status=0),
    reads(122, 25, 3, status=7),
    reads(122, 25, 5, status=99),
    step(122, status(25, 2), refused("update"), 6),
    step(123, status(56, 5), refused("update"), 1),
    reads(123, 56, 2, status=1),
    step(123, status(4, 5), refused("update"), 3),
    step(124, status(25, 2), None, 0),
    step(125, status(25, 2), None),
    step(126, status(999999, 2), refused("update"), 0),
    step(126, status(999999, 2), refused("update"), 1),
    step(127, status(25, 2), refused("update"), 0),
    step(127, status(25, 2), refused("refused"), 1),
    step(128, status(25, 2), None, 0),
    step(128, status(25, 2), CRASH, 1),
    step(128, status(25, 2), None, 2),
    reads(128, 25, 3, status=99, title="Novo nome 4"),
    *(reads(130, 30, index, status=2) for index in (1, 5, 7)),
    reads(131, 40, 2, deleted=True),
    step(131, follow(40), 11, 4),
    step(131, read(40), refused("not_found"), 6),
    step(181, status(25, 2), CRASH),
    *(
        reads(164, 63, index, status=state, date_mod=f"2026-11-21 19:42:{second}")
        for index, state, second in (
            (1, 1, 18),
            (3, 1, 20),
            (5, 1, 22),
            (7, 2, 23),
            (9, 2, 25),
            (11, 2, 26),
            (13, 2, 26),  # a document on a followup does not move it
            (15, 2, 28),
            (17, 2, 30),
            (19, 5, 31),
            (21, 5, 33),
        )
    ),
    step(
        172,
        lambda glpi: [actor.role for actor in glpi.actors(63)],
        [REQUESTER, ASSIGNED, "observer"],
        0,
        (87, 5),
    ),
    step(172, lambda glpi: len(glpi.actors(63)), 2, 2, (87, 5)),
    reads(146, 4, 0, utc_offset_seconds=-10800, date_mod="2026-11-11 05:30:00"),
    reads(146, 4, 1, utc_offset_seconds=0, date_mod="2026-11-11 08:30:00"),
]

DISCARDED, EMPTY = (131, 1), (138, 3)
PNG_SHA1 = "8a6fe3dc0136f6ecd679e3d919c4a0e626b46768"


def same_bytes(found):
    return hashlib.sha1(found).hexdigest() == PNG_SHA1


DOCUMENT_STEPS = [
    step(74, files_of(26), []),
    step(85, lose, None, NO_ROWS, 0),
    step(85, lose, CRASH, NO_ROWS, 1),
    step(85, lose, CRASH, NO_ROWS, 2),
    step(133, upload, refused("document_type"), 0, 1, DISCARDED),  # other bytes than we sent
    step(
        134,
        files_of(26),
        [(1, 0)],
        3,
        (133, 3),
        (87, 1),
        (87, 2),
    ),
    step(135, lambda glpi: glpi.download(1, 1000), same_bytes, 0),
    step(135, lambda glpi: glpi.download(1, 1000), same_bytes, 1),
    step(135, lambda glpi: glpi.download(1, 72), refused("document_size"), 1),
    step(135, lambda glpi: glpi.download(999999, 1000), refused("not_found"), 2),
    step(136, upload, refused("document_type"), 0, 1, DISCARDED),
    *(
        # every type that GLPI does not take: 201, and an empty document
        step(138, upload, refused("document_type"), index, EMPTY, DISCARDED)
        for index in (2, 4, 6, 7, 8, 9, 10, 11, 12, 14)
    ),
    step(131, upload, refused("document_type"), (138, 2), EMPTY, 0),  # may not even delete it
    step(139, upload, refused("document_type"), 0, EMPTY, DISCARDED),
    step(140, upload, refused("document_size")),
    step(141, upload, refused("refused"), 0),
    step(141, upload, refused("refused"), 1),
    step(142, upload, refused("document_type"), 0, EMPTY, DISCARDED),
    step(143, upload, refused("document_size")),
    step(
        145,
        files_of(26),
        [(1, 0), (23, 1)],
        2,
        (133, 3),
        (109, 1),
        NO_ROWS,
        NO_ROWS,
        1,
        (87, 2),
    ),
    step(160, files_of(62), [(24, 0)], (161, 2), 1, (87, 1), (87, 2)),
    step(
        161,
        files_of(62),
        [(24, 0), (25, 12)],
        2,
        (160, 1),
        (163, 0),
        NO_ROWS,
        1,
    ),
    step(180, upload, 26, 0, 1, (133, 2)),
    step(180, upload, 27, 2, 3, (133, 2)),
    *(
        step(180, upload, refused("document_type"), index, index + 1, DISCARDED)
        for index in (4, 6, 8)
    ),
]
