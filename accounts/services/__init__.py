"""What people do with accounts: memberships, requests, invitations, and what a person does with their own account."""
