"""Files on their way to WhatsApp: judged, reduced, put on a page, made voice."""

import io
import math
import struct

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile

from glpi_connector.rest import pictures as glpi_pictures
from sandbox.meta import media
from whatsapp_helpdesk.cloud_api import files, photo, voice

MB = 1024 * 1024
RULES = {
    "image/jpeg": ("image", 5 * MB),
    "image/png": ("image", 5 * MB),
    "video/mp4": ("video", 16 * MB),
    "audio/mpeg": ("audio", 16 * MB),
    "audio/ogg": ("audio", 16 * MB),
    "application/pdf": ("document", 100 * MB),
    "text/plain": ("document", 100 * MB),
}
TYPES = st.sampled_from(
    [*RULES, "image/heic", "image/webp", "text/csv", "audio/wav", "application/zip", "", "x"]
)


@given(TYPES, st.integers(0, 200 * MB))
def test_what_goes_is_within_its_limit_and_what_does_not_says_why(mimetype, size):
    verdict = files.judge(RULES, mimetype, size)
    assert bool(verdict.kind) != bool(verdict.error)
    if verdict.kind:
        assert size <= verdict.limit
    else:
        assert verdict.error in ("media_type", "media_size")
    if verdict.kind and verdict.kind != "document":
        assert verdict.kind == mimetype.partition("/")[0]


@given(TYPES, st.integers(0, 200 * MB), st.integers(0, 200 * MB))
def test_a_smaller_file_of_the_same_type_is_never_worse_off(mimetype, one, other):
    smaller, larger = sorted((one, other))
    if files.judge(RULES, mimetype, larger).kind:
        assert files.judge(RULES, mimetype, smaller).kind


@pytest.mark.parametrize(
    ("mimetype", "size", "kind", "error"),
    [
        ("image/jpeg", 5 * MB, "image", ""),
        ("image/jpeg", 5 * MB + 1, "document", ""),
        ("image/heic", 1, "document", ""),
        ("image/png", 101 * MB, "", "media_size"),
        ("video/mp4", 16 * MB + 1, "", "media_size"),
        ("video/quicktime", 1, "", "media_type"),
        ("text/csv", 1, "document", ""),
        ("audio/mp3", 1, "audio", ""),
        ("AUDIO/OGG; codecs=opus", 1, "audio", ""),
        ("application/zip", 1, "", "media_type"),
    ],
)
def test_verdicts(mimetype, size, kind, error):
    verdict = files.judge(RULES, mimetype, size)
    assert (verdict.kind, verdict.error) == (kind, error)


def test_type_follows_from_the_name_where_the_browser_knows_none():
    assert files.guess_type("IMG_1.HEIC", "") == "image/heic"
    assert files.guess_type("a.pdf", "") == "application/pdf"
    assert files.guess_type("a.pdf", "text/plain") == "text/plain"
    assert files.guess_type("semnome", "") == ""


# --- pictures -----------------------------------------------------------------------------------


def picture(kind, size=(600, 400), mode="RGB", **options):
    target = io.BytesIO()
    Image.effect_noise(size, 90).convert(mode).save(target, kind, **options)
    return target.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "WEBP", "TIFF", "GIF"])
def test_any_picture_becomes_a_photo_within_the_limit(kind):
    result = photo.reduce(picture(kind, (1600, 1200)), 120_000)
    assert len(result) <= 120_000
    shown = Image.open(io.BytesIO(result))
    assert (shown.format, shown.mode) == ("JPEG", "RGB")


def test_photo_is_upright_and_tells_nothing_of_its_place():
    exif = Image.Exif()
    exif[0x0112] = 6  # held upright
    exif[0x010F] = "camera"
    result = Image.open(io.BytesIO(photo.reduce(picture("JPEG", exif=exif), MB)))
    assert result.size == (400, 600)
    assert not result.getexif()


def test_transparent_becomes_white():
    target = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(target, "PNG")
    result = Image.open(io.BytesIO(photo.reduce(target.getvalue(), MB)))
    assert result.getpixel((4, 4)) == (255, 255, 255)


def test_page_holds_the_picture_in_its_size():
    page = photo.to_page(picture("WEBP", (1000, 700)))
    assert page.startswith(b"%PDF")
    assert b"/Width 1000" in page


@given(st.binary(max_size=300))
def test_what_is_no_picture_is_refused(content):
    for make in (photo.to_page, lambda data: photo.reduce(data, MB)):
        with pytest.raises(photo.PhotoError):
            make(content)


def test_huge_picture_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(photo, "_MOST_POINTS", 100)
    with pytest.raises(photo.PhotoError, match="too many"):
        photo.reduce(picture("PNG"), MB)


def test_huge_jpeg_is_unpacked_at_a_fraction(monkeypatch):
    content = picture("JPEG", (3000, 2000))
    monkeypatch.setattr(photo, "_MOST_POINTS", 1_600_000)
    unpacked = []
    load = ImageFile.ImageFile.load
    monkeypatch.setattr(
        ImageFile.ImageFile, "load", lambda self: unpacked.append(self.size) or load(self)
    )
    assert Image.open(io.BytesIO(photo.reduce(content, MB))).size == (1500, 1000)
    assert b"/Width 1500" in photo.to_page(content)
    assert max(width * height for width, height in unpacked[:2]) <= 1_600_000


@pytest.mark.parametrize(
    ("size", "mode", "kind"),
    [((10_900, 10_900), "L", "PNG"), ((8_000, 8_000), "P", "GIF"), ((6_000, 6_000), "RGBA", "PNG")],
)
def test_trap_is_refused_by_its_head(monkeypatch, size, mode, kind):
    content = io.BytesIO()
    Image.new(mode, size).save(content, kind)
    assert len(content.getvalue()) < MB

    def load(_self):
        raise AssertionError("unpacked")

    monkeypatch.setattr(ImageFile.ImageFile, "load", load)
    for make in (photo.to_page, lambda data: photo.reduce(data, MB)):
        with pytest.raises(photo.PhotoError, match="too many"):
            make(content.getvalue())
    for make in (glpi_pictures.to_png, lambda data: glpi_pictures.smaller(data, MB)):
        with pytest.raises(glpi_pictures.PictureError):
            make(content.getvalue())


def test_telephones_picture_of_48_million_points_is_no_trap():
    content = io.BytesIO()
    Image.new("RGB", (8064, 6048), "green").save(content, "JPEG")
    shown = Image.open(io.BytesIO(photo.reduce(content.getvalue(), MB)))
    assert shown.size == (2560, 1920)


def test_pictures_for_glpi():
    assert glpi_pictures.to_png(picture("WEBP")).startswith(b"\x89PNG")
    small = glpi_pictures.smaller(picture("JPEG", (3000, 2000)), 200_000)
    assert len(small) <= 200_000
    assert Image.open(io.BytesIO(small)).format == "JPEG"
    with pytest.raises(glpi_pictures.PictureError):
        glpi_pictures.smaller(b"nothing", 10)


# --- office files -------------------------------------------------------------------------------

OFFICE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "docm": "application/vnd.ms-word.document.macroenabled.12",
    "xlsm": "application/vnd.ms-excel.sheet.macroenabled.12",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
}


@pytest.mark.parametrize("ending", OFFICE)
def test_office_file_keeps_its_type_however_it_is_called(ending):
    for called in (
        *("", "application/zip", "application/x-zip-compressed", "application/octet-stream"),
        *("application/x-ole-storage", "Application/ZIP; name=x", OFFICE[ending]),
    ):
        assert files.guess_type(f"Relatório final.{ending.upper()}", called) == OFFICE[ending]
    assert not files.is_active(OFFICE[ending])


def test_zip_is_a_zip_and_a_name_never_overrules_what_is_known():
    assert files.guess_type("fotos.zip", "application/zip") == "application/zip"
    assert files.guess_type("fotos", "application/zip") == "application/zip"
    assert files.guess_type("falso.docx", "application/pdf") == "application/pdf"


@pytest.mark.parametrize(
    "mimetype",
    [
        *("text/html", "TEXT/HTML; charset=utf-8", "application/xhtml+xml", "image/svg+xml"),
        *("text/xml", "application/xml", "application/rss+xml", "text/javascript"),
        *("application/x-javascript", "application/ecmascript", "text/vbscript"),
    ],
)
def test_what_a_browser_would_run_is_known(mimetype):
    assert files.is_active(mimetype)


@pytest.mark.parametrize(
    "mimetype", ["application/pdf", "image/jpeg", "text/plain", "text/csv", "application/zip", ""]
)
def test_what_no_browser_runs_is_known(mimetype):
    assert not files.is_active(mimetype)


# --- voice --------------------------------------------------------------------------------------


def recording(container, codec, seconds, layout="mono", rate=44_100):
    """Return a tone, as a browser would record it."""
    target = io.BytesIO()
    with av.open(target, "w", format=container) as output:
        stream = output.add_stream(codec, rate=rate, layout=layout)
        resampler = av.AudioResampler(
            format=stream.format, layout=layout, rate=rate, frame_size=stream.frame_size or 1152
        )
        for start in range(0, int(rate * seconds), 1152):
            frame = av.AudioFrame(format="s16", layout="mono", samples=1152)
            frame.sample_rate, frame.pts = rate, start
            tone = (
                int(8000 * math.sin(2 * math.pi * 440 * (start + i) / rate)) for i in range(1152)
            )
            frame.planes[0].update(struct.pack("<1152h", *tone))
            for ready in resampler.resample(frame):
                output.mux(stream.encode(ready))
        output.mux(stream.encode(None))
    return target.getvalue()


@pytest.mark.parametrize(
    ("container", "codec", "layout", "rate"),
    [
        ("mp3", "libmp3lame", "mono", 44_100),
        ("mp3", "libmp3lame", "stereo", 48_000),
        ("webm", "libopus", "stereo", 48_000),
        ("wav", "pcm_s16le", "mono", 44_100),
    ],
)
def test_recordings_become_voice(container, codec, layout, rate):
    result = voice.to_voice(recording(container, codec, 1.5, layout, rate))
    assert voice.is_voice(result)
    with av.open(io.BytesIO(result)) as sound:
        assert sound.streams.audio[0].codec_context.name in ("opus", "libopus")
        assert sound.duration / 1e6 == pytest.approx(1.5, abs=0.2)


def test_voice_stays_as_it_is():
    once = voice.to_voice(recording("mp3", "libmp3lame", 0.3))
    assert voice.to_voice(once) is once


def test_recording_that_was_cut_off_is_sent_as_far_as_it_goes():
    whole = recording("mp3", "libmp3lame", 2)
    assert voice.is_voice(voice.to_voice(whole[: len(whole) // 2]))


@given(st.binary(max_size=300))
def test_what_is_no_sound_is_refused(content):
    with pytest.raises(voice.VoiceError):
        voice.to_voice(content)


@given(st.floats(0, 7200))
def test_bit_rate_keeps_the_limit_as_long_as_speech_is_understood(seconds):
    rate = voice.bit_rate(seconds)
    assert 12_000 <= rate <= 32_000
    if rate > 12_000:
        assert rate * seconds / 8 <= voice.VOICE_MAX


def test_failed_conversion_sends_a_sound_file():
    envelope = {"type": "audio", "audio": {"id": "", "voice": True}}
    result, upload, problem = files.prepare(envelope, (b"x", "voz.mp3", "audio/mp3"))
    assert result["audio"] == {"id": ""}
    assert upload == (b"x", "voz.mp3", "audio/mpeg")
    assert problem


def test_sandbox_takes_what_we_make_for_a_voice_message_and_nothing_else():
    made = voice.to_voice(recording("mp3", "libmp3lame", 0.3))
    stereo = made.replace(b"OpusHead\x01\x01", b"OpusHead\x01\x02", 1)
    verdicts = [
        media.problem("audio", media.Media("1", content, voice.MIMETYPE), voice=True)
        for content in (made, stereo, b"OggS")
    ]
    assert [bool(verdict) for verdict in verdicts] == [False, True, True]


@pytest.mark.parametrize(
    ("form", "codec", "found"),
    [
        ("webm", "libopus", "webm"),
        ("ogg", "libopus", "ogg"),
        ("mp4", "aac", "mp4"),
        ("mp3", "libmp3lame", "mp3"),
        ("wav", "pcm_s16le", "wav"),
    ],
)
def test_containers_of_recorders_are_known_and_read(form, codec, found):
    rate = 48_000 if codec == "libopus" else 44_100
    content = recording(form, codec, 0.5, layout="stereo", rate=rate)
    assert voice.container(content) == found
    assert voice.is_voice(voice.to_voice(content))


@pytest.mark.parametrize(
    "content",
    [
        b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n",
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        b"ffconcat version 1.0\nfile '/etc/passwd'\n",
        b"file '/etc/passwd'\n",
        b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 9 RTP/AVP 0\n",
        b"<?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011'></MPD>",
        b"http://127.0.0.1:9/",
        b"FLV\x01\x05\x00\x00\x00\x09",
        b"fLaC\x00\x00\x00\x22",
        b"",
    ],
)
def test_lists_and_addresses_are_never_opened(monkeypatch, content):
    def refuse(*_args, **_values):
        raise AssertionError("opened")

    monkeypatch.setattr(av, "open", refuse)
    assert voice.container(content) == ""
    with pytest.raises(voice.VoiceError):
        voice.to_voice(content)


def test_list_behind_the_first_bytes_of_a_recording_opens_nothing_else():
    playlist = b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n"
    for start in (b"OggS", b"\x1aE\xdf\xa3", b"ID3\x04\x00\x00\x00\x00\x00\x00"):
        with pytest.raises(voice.VoiceError):
            voice.to_voice(start + playlist)


def test_recording_of_days_is_refused(monkeypatch):
    monkeypatch.setattr(voice, "_LONGEST", 1)
    with pytest.raises(voice.VoiceError, match="longer"):
        voice.to_voice(recording("mp3", "libmp3lame", 2.0))
