"""My desk, and what I was told."""

from django.shortcuts import render


def desk(request):
    """What waits for me; what I wait for."""
    return render(request, "home/desk.html")


def notices(request):
    """What I was told, newest first."""
    return render(request, "home/notices.html")
