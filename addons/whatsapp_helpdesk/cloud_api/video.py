# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Check whether WhatsApp can play a video, by the codecs in the file's index.

Meta takes every MP4 and finds out later, or never, that telephones cannot play it: it sends H.264
with AAC, or without sound, and one sound track at most. Telephones record HEVC today. Only the
boxes that lead to the index are looked at: nothing is decoded, no byte of the picture is read.
Source: Meta, "Media", supported media types; ISO/IEC 14496-12 (boxes) and -14 (MP4).
"""

from collections.abc import Iterator

TYPES = frozenset(("video/mp4", "video/3gpp"))
_PLAYED_VIDEO = frozenset(("avc1", "avc3"))
_PLAYED_AUDIO = frozenset(("mp4a",))
# Codes in a track's index -> what people call it
_NAMES = {
    **dict.fromkeys(("hvc1", "hev1", "hvc2", "hev2", "dvh1", "dvhe"), "HEVC (H.265)"),
    **dict.fromkeys(("av01", "dav1"), "AV1"),
    "vp08": "VP8",
    "vp09": "VP9",
    "mp4v": "MPEG-4",
    "s263": "H.263",
    **dict.fromkeys(("encv", "enca"), "DRM"),
    "ac-3": "AC-3",
    "ec-3": "E-AC-3",
    "ac-4": "AC-4",
    "alac": "ALAC",
    "fLaC": "FLAC",
    "Opus": "Opus",
    "samr": "AMR",
    "sawb": "AMR-WB",
    ".mp3": "MP3",
    **dict.fromkeys(("lpcm", "sowt", "twos", "ipcm", "fpcm"), "PCM"),
    **dict.fromkeys(("dtsc", "dtsh", "dtsl", "dtse"), "DTS"),
}
_VIDEO, _AUDIO = b"vide", b"soun"
# Kinds of sound that stand under mp4a: AAC of MPEG-4 and MPEG-2
_AAC = frozenset((0x40, 0x66, 0x67, 0x68))
_OTHER_SOUND = {0x69: "MP3", 0x6B: "MP3", 0xA5: "AC-3", 0xA6: "E-AC-3", 0xA9: "DTS", 0xAD: "Opus"}
_MOST_BOXES, _MOST_TRACKS = 10_000, 64


def problem(content: bytes) -> str:
    """Return the codec of an MP4 or 3GP that WhatsApp cannot play, or "".

    A file whose index cannot be read is let through: Meta decides.
    """
    found = tracks(content)
    for kind, codec in found:
        played = _PLAYED_VIDEO if kind == "video" else _PLAYED_AUDIO
        if codec not in played:
            return _NAMES.get(codec, codec)
    if sum(kind == "audio" for kind, _codec in found) > 1:
        return "2+ áudios"
    return ""


def tracks(content: bytes) -> list[tuple[str, str]]:
    """Return (video or audio, codec's code) of each track, [] without an index."""
    data = memoryview(content)
    found = []
    for movie in _named(data, b"moov"):
        for track in list(_named(movie, b"trak"))[:_MOST_TRACKS]:
            kind, codec = _track(track)
            if kind and codec:
                found.append((kind, codec))
    return found


def _track(track: memoryview) -> tuple[str, str]:
    """Return a track's kind and the code of its codec."""
    for media in _named(track, b"mdia"):
        handler = next(_named(media, b"hdlr"), memoryview(b""))
        kind = {_VIDEO: "video", _AUDIO: "audio"}.get(bytes(handler[8:12]), "")
        for info in _named(media, b"minf"):
            for table in _named(info, b"stbl"):
                for description in _named(table, b"stsd"):
                    # Version and flags, the number of entries, then the entries, boxes themselves
                    for name, entry in _boxes(description[8:]):
                        return kind, _codec(name, entry)
    return "", ""


def _codec(name: bytes, entry: memoryview) -> str:
    """Return the code of a sample entry; for mp4a, the name of the sound inside it."""
    code = name.decode("latin-1")
    if code != "mp4a":
        return code
    kind = _object_type(bytes(entry))
    return code if kind is None or kind in _AAC else _OTHER_SOUND.get(kind, f"mp4a.{kind:02x}")


def _object_type(entry: bytes) -> int | None:
    """Return the kind of sound that an ES descriptor (box esds) names, None without one."""
    at = entry.find(b"esds")
    if at < 0:
        return None
    rest = entry[at + 8 : at + 64]
    if not rest or rest[0] != 3:
        return None
    # Tag 3: length, id, flags; then tag 4: length, kind
    at = _skip_length(rest, 1) + 3
    if at + 1 >= len(rest) or rest[at] != 4:
        return None
    at = _skip_length(rest, at + 1)
    return rest[at] if at < len(rest) else None


def _skip_length(data: bytes, at: int) -> int:
    """Return where a descriptor's content begins: its length takes one to four bytes."""
    for _byte in range(4):
        if at >= len(data) or not data[at] & 0x80:
            break
        at += 1
    return at + 1


def _named(data: memoryview, wanted: bytes) -> Iterator[memoryview]:
    """Yield the content of each box called so."""
    return (content for name, content in _boxes(data) if name == wanted)


def _boxes(data: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    """Yield name and content of the boxes that follow one another in ``data``."""
    at = 0
    for _number in range(_MOST_BOXES):
        if at + 8 > len(data):
            return
        size, name, head = int.from_bytes(data[at : at + 4]), bytes(data[at + 4 : at + 8]), 8
        if size == 1:
            if at + 16 > len(data):
                return
            size, head = int.from_bytes(data[at + 8 : at + 16]), 16
        elif size == 0:
            size = len(data) - at
        if size < head:
            return
        yield name, data[at + head : at + size]
        at += size
