"""Writing to the Technical Secretariat."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render


@login_not_required
def contact(request):
    """The contact form."""
    return render(request, "home/contact.html")
