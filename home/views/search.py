"""One search over everything that is public."""

from django.shortcuts import render

from core.http import public_page


@public_page
def search(request):
    """The search box and, asked something, what was found."""
    return render(request, "home/search.html")
