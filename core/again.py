"""What a form sent and the portal did not take: the page that says so holds it, to be sent again with one click."""

SECRET = frozenset({"csrfmiddlewaretoken", "code", "credential"})


def typed(request) -> list[tuple[str, str]]:
    """What the form held, without secrets; nothing unless the browser says that it comes from our own page."""
    own = {f"{request.scheme}://{request.get_host()}"}
    if request.method != "POST" or request.headers.get("Origin") not in own:
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in SECRET and "password" not in name
        for value in values
    ]
