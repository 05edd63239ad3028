"""The two ways in which the starter says no."""


class Refusal(Exception):
    """A reason not to start that the person at the keyboard can mend; exit status 2."""


class Failure(Exception):
    """Something that was started did not work; exit status 1."""
