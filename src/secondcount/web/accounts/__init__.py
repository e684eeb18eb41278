"""People of the desk: signing in, invitations, roles, the audit log, a person's own data."""

__all__: list[str] = []
