"""The review desk inside the admin: the queue and the page of a case."""
