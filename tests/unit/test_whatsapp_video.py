"""A video that WhatsApp cannot play is known before it is sent."""

import io

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import case
from whatsapp_helpdesk.cloud_api import video


def box(name, *content):
    body = b"".join(content)
    return (len(body) + 8).to_bytes(4, "big") + name + body


def track(handler, entry):
    stsd = box(b"stsd", bytes(4), (1).to_bytes(4, "big"), entry)
    hdlr = box(b"hdlr", bytes(8), handler, bytes(13))
    return box(b"trak", box(b"mdia", hdlr, box(b"minf", box(b"stbl", stsd))))


def esds(kind):
    inner = bytes([4, 0x80, 0x80, 0x80, 13, kind]) + bytes(12)
    return box(b"esds", bytes(4), bytes([3, 0x80, 0x80, 0x80, 22]), bytes(3), inner)


def sound(code=b"mp4a", kind=0x40):
    return track(b"soun", box(code, bytes(28), esds(kind) if code == b"mp4a" else b""))


def picture(code):
    return track(b"vide", box(code, bytes(78)))


def movie(*tracks, first=False):
    index, data = box(b"moov", box(b"mvhd", bytes(100)), *tracks), box(b"mdat", bytes(5000))
    return box(b"ftyp", b"isom" + bytes(12)) + (index + data if first else data + index)


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    ("tracks", "problem"),
    [
        ((picture(b"avc1"), sound()), ""),
        ((picture(b"avc3"),), ""),
        ((picture(b"avc1"), sound(kind=0x67)), ""),
        ((picture(b"hvc1"), sound()), "HEVC (H.265)"),
        ((picture(b"hev1"), sound()), "HEVC (H.265)"),
        ((picture(b"dvh1"), sound()), "HEVC (H.265)"),
        ((picture(b"av01"), sound()), "AV1"),
        ((picture(b"vp09"), sound()), "VP9"),
        ((picture(b"mp4v"), sound()), "MPEG-4"),
        ((picture(b"s263"), sound(b"samr")), "H.263"),
        ((picture(b"avc1"), sound(b"ac-3")), "AC-3"),
        ((picture(b"avc1"), sound(b"ec-3")), "E-AC-3"),
        ((picture(b"avc1"), sound(b"Opus")), "Opus"),
        ((picture(b"avc1"), sound(b"samr")), "AMR"),
        ((picture(b"avc1"), sound(kind=0x6B)), "MP3"),
        ((picture(b"avc1"), sound(b"zzzz")), "zzzz"),
        ((picture(b"avc1"), sound(), sound()), "2+ áudios"),
        ((picture(b"avc1"), track(b"text", box(b"tx3g", bytes(30)))), ""),
        ((), ""),
    ],
)
def test_codecs(tracks, problem, first):
    assert video.problem(movie(*tracks, first=first)) == problem


def recorded(codec, sound_codec):
    """Return a real, short video."""
    target = io.BytesIO()
    with av.open(target, "w", format="mp4") as output:
        stream = output.add_stream(codec, rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        heard = output.add_stream(sound_codec, rate=44_100)
        for _number in range(3):
            output.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
        output.mux(stream.encode(None))
        silence = av.AudioFrame(format="fltp", layout="stereo", samples=heard.frame_size or 1536)
        silence.sample_rate = 44_100
        for plane in silence.planes:
            plane.update(bytes(plane.buffer_size))
        output.mux(heard.encode(silence))
        output.mux(heard.encode(None))
    return target.getvalue()


@pytest.mark.parametrize(
    ("codec", "sound_codec", "problem"),
    [("libx264", "aac", ""), ("libx265", "aac", "HEVC"), ("libx264", "ac3", "AC-3")],
)
def test_real_files(codec, sound_codec, problem):
    found = video.problem(recorded(codec, sound_codec))
    assert found.startswith(problem) and bool(found) == bool(problem)


@given(st.binary(max_size=400))
def test_any_bytes_are_harmless(content):
    video.problem(content)
    video.problem(movie(content))


@given(st.integers(0, 300))
def test_a_file_cut_off_is_harmless(length):
    video.problem(movie(picture(b"hvc1"), sound(), first=True)[:length])


def test_case_of_a_telephones_video():
    words = case("b29-video-again.json")["input"][0]
    codes = [code for code in ("hvc1", "ac-3") if code in words]
    found = video.problem(movie(picture(codes[0].encode()), sound(codes[1].encode())))
    assert found == "HEVC (H.265)"
