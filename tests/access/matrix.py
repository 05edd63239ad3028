"""Writes docs/permissions.md from the table: python -m tests.access.matrix"""

from pathlib import Path

from tests.access import table

TARGET = Path(__file__).resolve().parent.parent.parent / "docs" / "permissions.md"
MARKS = {"yes": "yes", "login": "sign in", "no": "403", "none": "404", "405": "405"}
GROUPS = {
    "The portal": ("root", "healthz", "readyz", "metrics", "robots", "security_txt", "sitemap", "sitemap_part",
                   "permanent", "mailbox", "mailbox_mail", "home:"),
    "Signing in": ("account_", "mfa_"),
    "Accounts, members, invitations": ("accounts:",),
    "The read API": ("api:",),
    "Both catalogues": ("catalogue:",),
    "The Portfolio": ("portfolio:",),
    "The Table": ("programs:",),
    "The experts' network": ("experts:",),
    "The library": ("library:",),
    "Forums and live rooms": ("forums:", "home:room_answer"),
    "The calendar": ("meetings:",),
}  # fmt: skip

HEAD = """# Who may open what

Written by `python -m tests.access.matrix` from `tests/access/table.py`; the access walk (`tests/access/test_walk.py`) asks
every address of the portal as every role, for reading and for sending, and fails where the answer differs or where an
address is missing from the table. Do not edit this page: edit the table.

- **yes**: let in. **sign in**: sent to sign in. **403**: may know that it is there, may not do it; the page says why.
  **404**: the same page as for an address that does not exist.
- Where two answers stand (`yes / 404`), the first is for an object of one's own side (Chile: an agency whose submissions
  its ministry endorses), the second for one of another country.
- *Officer* is of the Chilean agency, *Coordinator* of the Chilean ministry that endorses for it, *Officer (Brazil)* of
  another ministry. *Suspended* has an old session that no longer counts; *Former member* had a role in the agency.
- `sends:` marks a line for sending where it differs from reading.
- Nobody decides on a case of an institution to which they belong, or about themselves: tests of `review` and `accounts`.
"""


def _cell(line: table.Line, role: str) -> str:
    own = MARKS[line.own[role]]
    return own if line.foreign is None or line.foreign == line.own else f"{own} / {MARKS[line.foreign[role]]}"


def _rows(names: dict[str, table.Line]) -> list[str]:
    head = ["Address", *(table.WORDS[role] for role in table.ROLES)]
    rows = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for name, line in names.items():
        rows.append(f"| `{name}` | " + " | ".join(_cell(line, role) for role in table.ROLES) + " |")
        if line.post:
            rows.append(f"| `{name}` sends: | " + " | ".join(MARKS[line.post[role]] for role in table.ROLES) + " |")
    return rows


def _notes(names: dict[str, table.Line]) -> list[str]:
    return [f"- `{name}`: {line.note}" for name, line in names.items() if line.note]


def _section(title: str, names: dict[str, table.Line]) -> list[str]:
    notes = _notes(names)
    return ["", f"## {title}", "", *_rows(names), *(["", *notes] if notes else [])]


def _models() -> list[str]:
    lines = ["", "### Models in the admin", "", "| Model | sees | changes | adds | deletes |", "|---|---|---|---|---|"]
    for model, opens in table.ADMIN_MODELS.items():
        cells = [
            ", ".join(table.WORDS[role] for role in opens.get(action, ())) or "nobody"
            for action in ("view", "change", "add", "delete")
        ]
        lines.append(f"| `{model}` | " + " | ".join(cells) + " |")
    lines += [
        "",
        "Everybody else who is signed in gets 403; visitors are sent to sign in. A case is worked on through its own page and services.",
    ]
    return lines


def text() -> str:
    """The whole page."""
    lines = [HEAD.rstrip()]
    for title, prefixes in GROUPS.items():
        lines += _section(title, {n: line for n, line in table.TABLE.items() if n.startswith(prefixes)})
    lines += _section(
        "The admin", {(n if n != "admin:" else "admin: anything else"): line for n, line in table.ADMIN.items()}
    )
    return "\n".join(lines + _models()) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
