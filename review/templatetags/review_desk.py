"""Parts of the review desk: the rows of the queue, the key of its forms, the counts on the first page of the admin."""

from html import escape

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from network.templatetags.once import form_key
from review import queue
from review.choices import OPEN_STATES
from review.permissions import works_on_cases

register = template.Library()
register.simple_tag(form_key)


# The row as one pattern: templates take longer for 25 rows than for all the rest of the page.
ROW = """<tr role="row">
<td role="cell" class="q-pick">{pick}</td>
<th scope="row" role="rowheader" class="q-case"><a href="{url}"{lang}>{title}</a><br><span class="quiet">{reference}{place}</span></th>
<td role="cell" class="q-kind"><svg class="i" aria-hidden="true"><use href="{sprite}#{icon}"/></svg> {name}</td>
<td role="cell" class="q-theme" data-label="{theme_word}">{codes}{more}</td>
<td role="cell" class="q-age"><div class="age{late}">{late_icon}{waited}<svg viewBox="0 0 100 8" preserveAspectRatio="none" \
aria-hidden="true"><rect width="{share}" height="8"/></svg>{late_word}</div></td>
<td role="cell" class="q-who" data-label="{who_word}">{who}</td>
<td role="cell" class="q-state"><span class="tag{tone}">{tag_icon}{tag}</span></td></tr>"""
PICK = '<input type="checkbox" name="case" value="{}" aria-label="{}">'
CODE = '<span class="iso">{}</span><span class="hush">{}</span> '
ICON = '<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>'
QUIET = '<span class="quiet">{}</span>'


@register.simple_tag
def case_rows(rows) -> SafeString:
    """The rows of the queue. Every value passes through `escape` exactly once."""
    words = {"theme_word": escape(_("Theme")), "who_word": escape(_("Assignee")), "sprite": static("img/icons.svg")}
    nobody, overdue = QUIET.format(escape(_("nobody"))), f"<span>{escape(_('overdue'))}</span>"
    return SafeString("\n".join(_row(row, words, nobody, overdue) for row in rows))


def _row(row, words: dict[str, str], nobody: str, overdue: str) -> str:
    case, (tag, tone, tag_icon) = row.case, row.tag
    sprite = words["sprite"]
    return ROW.format(
        **words,
        pick=PICK.format(case.pk, escape(row.choose)) if case.is_open else "",
        url=escape(row.url),
        lang=f' lang="{escape(row.lang)}"' if row.lang else "",
        title=escape(case.title),
        reference=escape(case.reference),
        place=f" · {escape(row.place)}" if row.place else "",
        icon=escape(row.icon),
        name=escape(row.name),
        codes="".join(CODE.format(escape(code), escape(label)) for code, label in row.codes) or "–",
        more=QUIET.format(f"+{row.more:d}") if row.more else "",
        late=" late" if row.late else "",
        late_icon=ICON.format(sprite, "alert") if row.late else "",
        waited=escape(row.waited),
        share=int(row.share),
        late_word=overdue if row.late else "",
        who=escape(case.assignee.name) if case.assignee else nobody,
        tone=f" tag-{tone}" if tone else "",
        tag_icon=ICON.format(sprite, tag_icon) if tag_icon else "",
        tag=escape(str(tag)),
    )


@register.inclusion_tag("review/_counts.html")
def review_counts(user):
    """Counts per kind and state, and the oldest case: one statement."""
    now = timezone.now()
    if not works_on_cases(user):
        return {}
    counts = queue.Counts(user, now)
    return {
        "counts": counts,
        "states": [(state.value, queue.TAGS[state]) for state in OPEN_STATES],
        "mine": counts.tabs["mine"],
        "nobody": counts.tabs["nobody"],
        "overdue": counts.tabs["overdue"],
        "oldest": counts.oldest,
        "oldest_days": (now - counts.oldest).days if counts.oldest else None,
    }
