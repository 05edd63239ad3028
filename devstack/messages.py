"""The translations: compiled for running; complete and without drift for publishing.

python -m devstack.messages compile    .po to .mo, by Babel: no system gettext is needed
python -m devstack.messages check      drift (needs Debian's gettext) and completeness
"""

import ast
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("es", "pt_BR", "fr")
SHOWN = 15
VARIABLE = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
# functions that ask for a message, and which of their words it is; before it may stand its context
SAYING = {"_": 0, "gettext": 0, "gettext_lazy": 0, "ngettext": 0, "pgettext": 1, "pgettext_lazy": 1, "npgettext": 1}
Key = tuple[str, str]


def catalogues(root: Path = ROOT) -> Iterator[Path]:
    """Every committed catalogue of messages."""
    return iter(sorted((root / "locale").glob("*/LC_MESSAGES/*.po")))


def read(path: Path) -> Catalog:
    with path.open("rb") as source:
        return read_po(source, locale=path.parent.parent.name, abort_invalid=True)


def compile_all(root: Path = ROOT) -> int:
    """Compile the catalogues that changed; a damaged one is named."""
    for path in catalogues(root):
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime > path.stat().st_mtime:
            continue
        try:
            catalogue = read(path)
        except (PoFileError, ValueError) as error:
            print(f"{path} cannot be read: {error}", file=sys.stderr)
            return 1
        draft = compiled.with_suffix(".mo.new")
        with draft.open("wb") as target:
            write_mo(target, catalogue)
        draft.replace(compiled)
    return 0


def keys(catalogue: Catalog) -> set[Key]:
    """What identifies each message: its context and its English text."""
    return {(message.context or "", _first(message.id)) for message in catalogue if message.id}


def _first(text) -> str:
    return text if isinstance(text, str) else text[0]


def incomplete(root: Path = ROOT) -> list[str]:
    """A line for each message that is missing, fuzzy or wrong in its variables."""
    found = []
    for language in LANGUAGES:
        paths = sorted((root / "locale" / language / "LC_MESSAGES").glob("*.po"))
        if not paths:
            found.append(f"locale/{language}: there is no catalogue")
        for path in paths:
            name = path.relative_to(root)
            found += [f"{name}: {line}" for line in _faults(read(path))]
            found += [f"{name}: {line}" for line in _faults_that_gettext_sees(path)]
    return found


def _faults_that_gettext_sees(path: Path) -> list[str]:
    if shutil.which("msgfmt") is None:
        return []
    command = ["msgfmt", "--check-format", "--output-file=/dev/null", str(path)]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stderr.strip().splitlines()[-1:] if done.returncode else []


def _faults(catalogue: Catalog) -> Iterator[str]:
    for message in catalogue:
        if not message.id:
            continue
        shown = repr(_first(message.id)[:70])
        translations = [message.string] if isinstance(message.string, str) else message.string
        if message.fuzzy:
            yield f"fuzzy: {shown}"
        elif not all(translations):
            yield f"not translated: {shown}"
        elif _variables(_last(message.id)) != _variables(translations[-1]):
            yield f"other variables than: {shown}"
        else:
            yield from (f"{error}: {shown}" for error in message.check(catalogue))


def _last(text) -> str:
    return text if isinstance(text, str) else text[-1]


def _variables(text: str) -> set[str]:
    """What stands for a value in a sentence: %(count)s or {count}. A singular may do without."""
    return set(VARIABLE.findall(text))


def said_in_code(root: Path = ROOT) -> Iterator[tuple[Path, Key]]:
    """Every message that Python code asks for in plain words, read from the code itself: inside an f-string the extraction
    overlooks some."""
    command = ["git", "ls-files", "-z", "*.py"]
    listed = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if name.startswith(("tests/", "bench/", "devstack/")) or not (root / name).is_file():
            continue
        for call in ast.walk(ast.parse((root / name).read_text())):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SAYING:
                words = [
                    part.value for part in call.args if isinstance(part, ast.Constant) and isinstance(part.value, str)
                ]
                if len(words) > SAYING[call.func.id]:
                    yield Path(name), (words[0] if SAYING[call.func.id] else "", words[SAYING[call.func.id]])


def unheard(root: Path = ROOT) -> list[str]:
    """A line for each of them that the catalogue lacks."""
    path = root / "locale" / LANGUAGES[0] / "LC_MESSAGES" / "django.po"
    known = _keys_of(path)
    return sorted(f"{name}: not extracted: {key[1]!r}" for name, key in said_in_code(root) if key not in known)


def drift(root: Path = ROOT) -> list[str]:
    """A line for each message that code and catalogue do not both have."""
    if shutil.which("xgettext") is None:
        return ["Debian's gettext is needed to compare: apt-get install gettext"]
    found = []
    with tempfile.TemporaryDirectory(prefix="inla-messages-") as folder:
        copy = Path(folder) / "project"
        _copy_sources(root, copy)
        fault = _extract(copy)
        if fault:
            return [fault]
        names = {path.relative_to(copy) for path in catalogues(copy)}
        names |= {path.relative_to(root) for path in catalogues(root)}
        for name in sorted(names):
            found += _differences(name, _keys_of(root / name), _keys_of(copy / name))
    return found


def _keys_of(path: Path) -> set[Key]:
    return keys(read(path)) if path.exists() else set()


def _differences(name: Path, committed: set[Key], extracted: set[Key]) -> list[str]:
    lines = [f"{name}: missing: {text!r}" for _, text in sorted(extracted - committed)]
    return lines + [f"{name}: no longer used: {text!r}" for _, text in sorted(committed - extracted)]


def _copy_sources(root: Path, target: Path) -> None:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout
    for name in filter(None, listed.decode().split("\0")):
        source = root / name
        wanted = source.suffix in {".py", ".html", ".txt", ".xml", ".js", ".po"}
        if wanted and source.is_file() and not name.startswith(("tests/", "bench/", "docs/")):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target / name)


def _extract(copy: Path) -> str:
    """Let Django's own tool extract the messages; answer its complaint, if any."""
    for language in LANGUAGES:
        (copy / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    languages = [part for language in LANGUAGES for part in ("-l", language)]
    for domain, extensions in (("django", "html,txt,py,xml"), ("djangojs", "js")):
        command = [sys.executable, "-m", "django", "makemessages", "-d", domain, "-e", extensions]
        command += [*languages, "--no-obsolete", "--no-location", "--no-wrap"]
        done = subprocess.run(command, cwd=copy, capture_output=True, text=True)
        if done.returncode:
            return f"makemessages failed: {done.stderr.strip()[-2000:]}"
    return ""


def check(root: Path = ROOT) -> int:
    """Print what is missing, a few lines of each kind; answer an exit status."""
    status = 0
    for title, lines in (("Drift", drift(root)), ("Unheard", unheard(root)), ("Incomplete", incomplete(root))):
        if lines:
            status = 1
            print(f"{title}: {len(lines)}")
            print("\n".join(f"  {line}" for line in lines[:SHOWN]))
    if not status:
        print(f"The messages are complete and without drift in {', '.join(LANGUAGES)}.")
    return status


if __name__ == "__main__":
    verbs = {"compile": compile_all, "check": check}
    if len(sys.argv) != 2 or sys.argv[1] not in verbs:
        sys.exit(__doc__)
    sys.exit(verbs[sys.argv[1]]())
