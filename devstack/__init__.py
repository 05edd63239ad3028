"""Starts what the portal needs around it: database, broker, web, worker and beat.

Stands outside the Django packages: it imports nothing of the project and nothing of Django.
"""
