"""Settings of the simulated city number, changeable while it runs."""

import dataclasses

from .. import defaults


@dataclasses.dataclass
class Settings:
    """Identity of the number and behaviour of the simulation.

    Times as their names say.

    `ninth_digit`: "folk" gives numbers of area codes 31 and above a wa_id without the ninth digit,
    as WhatsApp mostly does; "keep" leaves every number as it is typed.
    `strict_window`: a phone that never wrote has no open 24 h window (as at Meta). Off, only phones
    whose window is known to be over are refused, so that a load test may start its own webhooks.
    `media_ms`: a message with a file is on the phone, and has its statuses, so much later than
    words: those that are sent meanwhile stand before it, since Meta keeps no order.
    `more_numbers`: ids of further numbers from which the city writes; phones show one city.
    `public_url`: where others reach this server (in a container network); its own address without.
    """

    phone_number_id: str = defaults.PHONE_NUMBER_ID
    waba_id: str = defaults.WABA_ID
    access_token: str = defaults.ACCESS_TOKEN
    app_secret: str = defaults.APP_SECRET
    verify_token: str = defaults.VERIFY_TOKEN
    display_phone: str = defaults.DISPLAY_PHONE
    city_name: str = defaults.CITY_NAME
    more_numbers: list = dataclasses.field(default_factory=list)
    public_url: str = ""
    webhook_url: str = ""
    webhook_timeout_seconds: float = 10.0
    webhook_workers: int = 16
    webhook_batch: int = 1
    redelivery_first_seconds: float = 0.5
    redelivery_cap_seconds: float = 15.0
    redelivery_tries: int = 100
    sent_ms: int = 40
    delivered_ms: int = 150
    media_ms: int = 300
    ninth_digit: str = "folk"
    strict_window: bool = False
    window_seconds: float = 24 * 3600.0
    media_url_seconds: float = 300.0
    keep_messages: int = 20_000
    keep_media_bytes: int = 256 * 1024 * 1024

    def update(self, values):
        """Take over `values` (name -> value).

        Raises ValueError, naming the first one that does not exist or has the wrong type; then
        nothing is changed.
        """
        checked = {name: self._checked(name, value) for name, value in values.items()}
        for name, value in checked.items():
            setattr(self, name, value)

    def as_dict(self):
        """Return all of them, as JSON."""
        return dataclasses.asdict(self)

    def _checked(self, name, value):
        current = getattr(self, name, None)
        if name not in {field.name for field in dataclasses.fields(self)}:
            raise ValueError(f"unknown setting {name!r}")
        if name == "ninth_digit" and value not in ("folk", "keep"):
            raise ValueError("ninth_digit is 'folk' or 'keep'")
        if isinstance(current, bool) != isinstance(value, bool):
            raise ValueError(f"{name} is a {type(current).__name__}")
        if isinstance(current, float) and isinstance(value, int):
            return float(value)
        if not isinstance(value, type(current)):
            raise ValueError(f"{name} is a {type(current).__name__}")
        return value
