"""The few words of a record that a list shows."""

SUMMARY = 300


def summary(text: str) -> str:
    """The first words of a text, on one line; the last sentence that fits, else the last word."""
    line = " ".join(text.split())
    if len(line) <= SUMMARY:
        return line
    head = line[: SUMMARY - 1]
    sentence = head.rfind(". ")
    if sentence > SUMMARY // 2:
        return head[: sentence + 1]
    return head[: head.rfind(" ")].rstrip(",;:. ") + "…" if " " in head else head + "…"
