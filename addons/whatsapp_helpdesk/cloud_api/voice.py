# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Convert recordings to WhatsApp's voice messages: mono OGG with OPUS.

Browsers record MP3 or WebM. Sent as it is, a recording is a sound file with a name; only
OGG/OPUS with ``voice: true`` is a voice message, with its waves and "played" status. Source:
Meta, "Audio messages" (voice messages: OGG, OPUS codec, mono, up to 512 KB).
"""

import io

MIMETYPE = "audio/ogg"
# Larger ones are sent all the same, but WhatsApp shows them as files to download
VOICE_MAX = 512 * 1024
SAMPLE_RATE = 48_000
# Bits per second: speech is clear at the higher, still understood at the lower
_BEST, _LEAST = 32_000, 12_000
# Containers in which browsers and telephones record -> FFmpeg's names of their readers. FFmpeg
# reads hundreds of others, some of which (lists, concatenations) fetch further files.
_READERS = {"ogg": "ogg", "webm": "webm", "mp4": "mp4", "mp3": "mp3", "wav": "wav"}
_CODECS = ("opus", "vorbis", "aac", "mp3", "pcm_")
# Seconds; a small file may claim to hold days of silence
_LONGEST = 2 * 3600
# Part of a file that is sound: the rest is the container's
_SOUND_SHARE = 0.92


class VoiceError(Exception):
    """The recording could not be read or converted; the text says why, for the log."""


def is_voice(content: bytes) -> bool:
    """Return whether ``content`` is OGG/OPUS with one channel, as WhatsApp wants it."""
    head = content[:512]
    found = head.find(b"OpusHead")
    return content.startswith(b"OggS") and found > 0 and head[found + 9 : found + 10] == b"\x01"


def container(content: bytes) -> str:
    """Return a recording's container, recognised by its first bytes; "" for any other."""
    start = content[:12]
    if start.startswith(b"OggS"):
        return "ogg"
    if start.startswith(b"\x1aE\xdf\xa3"):
        return "webm"
    if start[4:8] == b"ftyp":
        return "mp4"
    if start.startswith(b"RIFF") and start[8:12] == b"WAVE":
        return "wav"
    # MPEG frames begin with eleven bits set; layer III is 01
    frame = len(start) > 1 and start[0] == 0xFF and start[1] & 0xE6 == 0xE2
    return "mp3" if frame or start.startswith(b"ID3") else ""


def bit_rate(seconds: float) -> int:
    """Return the bits per second that keep a recording of this length a voice message."""
    fitting = VOICE_MAX * 8 * _SOUND_SHARE / max(seconds, 1)
    return max(min(int(fitting), _BEST), _LEAST)


def to_voice(content: bytes) -> bytes:
    """Return ``content``, a recording in a usual format, as OGG/OPUS, one channel.

    Content that is so already is returned untouched.

    :raises VoiceError: there is no sound in it that can be read, or the library is missing
    """
    if is_voice(content):
        return content
    reader = _READERS.get(container(content))
    if not reader:
        raise VoiceError("not in a container in which browsers record")
    try:
        # Large, and only the job that sends a recording needs it
        import av
    except ImportError as error:
        raise VoiceError("the Python package av is not installed") from error
    try:
        result = _convert(av, content, reader)
    except (av.FFmpegError, ValueError, IndexError, OSError) as error:
        raise VoiceError(f"{type(error).__name__}: {error}") from error
    if not is_voice(result):
        raise VoiceError("the result is not OGG/OPUS")
    return result


def _convert(av, content: bytes, reader: str) -> bytes:
    """Decode the first sound stream and encode it anew."""
    target = io.BytesIO()
    with (
        av.open(io.BytesIO(content), format=reader) as source,
        av.open(target, "w", format="ogg") as output,
    ):
        sound = source.streams.audio[0]
        if not sound.codec_context.codec.canonical_name.startswith(_CODECS):
            raise VoiceError(f"recorded with {sound.codec_context.name}")
        stream = output.add_stream("libopus", rate=SAMPLE_RATE, layout="mono")
        stream.bit_rate = bit_rate(_seconds(source, content))
        stream.options = {"application": "voip"}
        resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
        for frame in _frames(av, source, sound):
            for ready in resampler.resample(frame):
                output.mux(stream.encode(ready))
        for ready in resampler.resample(None):
            output.mux(stream.encode(ready))
        output.mux(stream.encode(None))
    return target.getvalue()


def _frames(av, source, sound):
    """Yield the sound's frames; a recording that was cut off ends where it can be read."""
    count, seconds = 0, 0.0
    try:
        for frame in source.decode(sound):
            seconds += frame.samples / (frame.sample_rate or SAMPLE_RATE)
            if seconds > _LONGEST:
                raise VoiceError(f"longer than {_LONGEST} seconds")
            # A recorder that was paused leaves gaps in the times: sounds follow each other
            frame.pts = None
            count += 1
            yield frame
    except av.InvalidDataError:
        if not count:
            raise


def _seconds(source, content: bytes) -> float:
    """Return a recording's length; guessed from its size if the file does not say it."""
    if source.duration:
        return source.duration / 1_000_000
    # Discuss records MP3 at 128 kbit/s
    return len(content) / 16_000
