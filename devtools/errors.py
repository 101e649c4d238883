"""The one exception of the development tools."""


class Problem(Exception):
    """Something went wrong that the person at the keyboard can put right.

    `message` says what is wrong, in plain words; `advice` what to do next (one item per line).
    `./dev` prints both and ends with status 1, without a traceback. Anything else that is raised is
    a mistake of ours and shows its traceback.
    """

    def __init__(self, message, *advice):
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self):
        return "\n".join([self.message, *(f"  - {line}" for line in self.advice)])
