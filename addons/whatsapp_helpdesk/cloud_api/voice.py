"""A recorded voice message -> what WhatsApp plays as one: OGG with OPUS, one channel.

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
# Part of a file that is sound: the rest is the container's
_SOUND_SHARE = 0.92


class VoiceError(Exception):
    """The recording could not be read or converted; the text says why, for the log."""


def is_voice(content: bytes) -> bool:
    """Whether ``content`` is OGG/OPUS with one channel, as WhatsApp wants it."""
    head = content[:512]
    found = head.find(b"OpusHead")
    return content.startswith(b"OggS") and found > 0 and head[found + 9 : found + 10] == b"\x01"


def bit_rate(seconds: float) -> int:
    """Return the bits per second with which a recording of this length stays a voice message."""
    fitting = VOICE_MAX * 8 * _SOUND_SHARE / max(seconds, 1)
    return max(min(int(fitting), _BEST), _LEAST)


def to_voice(content: bytes) -> bytes:
    """Return ``content``, a recording in any usual format, as OGG/OPUS with one channel.

    What is so already comes back untouched.

    :raises VoiceError: there is no sound in it that can be read, or the library is missing
    """
    if is_voice(content):
        return content
    try:
        # Large, and only the job that sends a recording needs it
        import av
    except ImportError as error:
        raise VoiceError("the Python package av is not installed") from error
    try:
        result = _convert(av, content)
    except (av.FFmpegError, ValueError, IndexError, OSError) as error:
        raise VoiceError(f"{type(error).__name__}: {error}") from error
    if not is_voice(result):
        raise VoiceError("the result is not OGG/OPUS")
    return result


def _convert(av, content: bytes) -> bytes:
    """Decode the first sound stream and encode it anew."""
    target = io.BytesIO()
    with (
        av.open(io.BytesIO(content)) as source,
        av.open(target, "w", format="ogg") as output,
    ):
        sound = source.streams.audio[0]
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
    count = 0
    try:
        for frame in source.decode(sound):
            # A recorder that was paused leaves gaps in the times: sounds follow each other
            frame.pts = None
            count += 1
            yield frame
    except av.InvalidDataError:
        if not count:
            raise


def _seconds(source, content: bytes) -> float:
    """Return how long a recording is; guessed from its size where the file does not say."""
    if source.duration:
        return source.duration / 1_000_000
    # Discuss records MP3 at 128 kbit/s
    return len(content) / 16_000
