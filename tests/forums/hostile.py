"""Hostile words, and what looks on a page for what they could do."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

HOSTILE = [
    "<script>zqbad()</script>",
    '"><img src=x onerror=zqbad()>',
    "<b onmouseover=zqbad()>x</b><zqbad></zqbad>",
    "[click](javascript:zqbad()) [click](data:text/html,zqbad) [click](JaVa\tScript:zqbad())",
    "![x](https://elsewhere.example/zqbad.png) ![x](//elsewhere.example/zqbad.png)",
    "![x](javascript:zqbad()) ![x](data:image/svg+xml,zqbad)",
    "<javascript:zqbad()> <data:text/html,zqbad>",
    "<svg/onload=zqbad()><math><mi//xlink:href=javascript:zqbad()>",
    "<iframe src=//elsewhere.example/zqbad></iframe><style>*{display:none}</style>",
    "[a]: javascript:zqbad()\n\n[a] {{ 7*7 }} {% zqbad %} ${7*7}",
    "</textarea></template></title><script>zqbad()</script>",
    "|a|\n|-|\n|<img src=x onerror=zqbad()>|\n\n> <script>zqbad()</script>\n\n```html\n<script>zqbad()</script>\n```",
]


class Dangers(HTMLParser):
    """What on a page could act, or fetch from elsewhere, that the portal did not put there."""

    OURS = ("/static/", "/es/", "/en/", "/admin/", "#", "?", "/id/", "/mailbox/", "/jsi18n/")

    def __init__(self):
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag in ("iframe", "object", "embed", "math", "zqbad", "style", "base"):
            self.found.append(f"<{tag}>")
        if tag == "script" and not (values.get("src") or "").startswith("/static/"):
            self.found.append(f"<script {attrs}>")
        for name, value in attrs:
            text = (value or "").strip().lower()
            if name.startswith("on") or name == "style" or (name.startswith("hx-") and "zqbad" in text):
                self.found.append(f"{tag} {name}={value}")
            if name in ("href", "src", "action", "xlink:href", "data", "formaction") and self._leads_away(tag, text):
                self.found.append(f"{tag} {name}={value}")

    def _leads_away(self, tag: str, address: str) -> bool:
        scheme = urlsplit(address).scheme
        if scheme in ("javascript", "data", "vbscript"):
            return True
        return tag in ("img", "script", "link", "use") and "elsewhere" in address


def dangers(page) -> list[str]:
    parser = Dangers()
    parser.feed(page.content.decode())
    return parser.found
