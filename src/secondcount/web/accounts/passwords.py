"""What a password must be. Django's rules, told in the words of the catalogues: Django's own lack Kazakh."""

from __future__ import annotations

from django.contrib.auth.password_validation import CommonPasswordValidator, UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError

from secondcount.web.accounts.words import phrase
from secondcount.web.models import Member

__all__ = ["SHORTEST", "NotCommon", "NotLikeName", "NotShort"]

SHORTEST = 10  # characters


class NotShort:
    """At least `SHORTEST` characters."""

    def validate(self, password: str, user: Member | None = None) -> None:  # noqa: ARG002 - the signature is Django's
        """Refuse what is shorter."""
        if len(password) < SHORTEST:
            raise ValidationError(phrase("accounts.error.password_short", count=SHORTEST), code="password_too_short")

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return str(phrase("accounts.rule.password", count=SHORTEST))


class NotCommon(CommonPasswordValidator):
    """None of the 20,000 that are tried first."""

    def validate(self, password: str, user: Member | None = None) -> None:
        """Refuse what is on the list."""
        try:
            super().validate(password, user)
        except ValidationError:
            raise ValidationError(phrase("accounts.error.password_common"), code="password_too_common") from None

    def get_help_text(self) -> str:
        """Return nothing: the rule of the length stands for all."""
        return ""


class NotLikeName(UserAttributeSimilarityValidator):
    """Nothing like the name."""

    def validate(self, password: str, user: Member | None = None) -> None:
        """Refuse what is like the name."""
        try:
            super().validate(password, user)
        except ValidationError:
            raise ValidationError(phrase("accounts.error.password_like_name"), code="password_too_similar") from None

    def get_help_text(self) -> str:
        """Return nothing: the rule of the length stands for all."""
        return ""
