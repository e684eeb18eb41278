"""Forms of people. Each names the few fields that can be set by it; labels and errors are ours in every language."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.forms import ChangePasswordForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError

from secondcount.web.accounts.passwords import SHORTEST
from secondcount.web.accounts.people import may_give
from secondcount.web.accounts.words import phrase
from secondcount.web.models import Member, Role

__all__ = ["InviteForm", "JoinForm", "NewPasswordForm", "OwnPasswordForm", "RoleForm"]

_REQUIRED = {"required": phrase("accounts.error.required")}
_CHOICE = {**_REQUIRED, "invalid_choice": phrase("accounts.error.role")}


def _password_field(label: str, autocomplete: str = "new-password") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=phrase(label), widget=widget, strip=False, max_length=200, error_messages=_REQUIRED)


class NewPasswordForm(forms.Form):
    """A new password, typed twice."""

    password1 = _password_field("accounts.field.password_new")
    password2 = _password_field("accounts.field.password_again")

    def __init__(self, *args: Any, member: Member | None = None, **kwargs: Any) -> None:
        """Take the member whose password it becomes, None where there is none yet."""
        super().__init__(*args, **kwargs)
        self.member = member
        self.fields["password1"].help_text = phrase("accounts.rule.password", count=SHORTEST)

    def clean(self) -> dict[str, Any]:
        """Hold both passwords against each other, and the first against the rules."""
        found = super().clean() or {}
        first, second = found.get("password1", ""), found.get("password2", "")
        if first and second and first != second:
            self.add_error("password2", ValidationError(phrase("accounts.error.password_differs")))
        elif first:
            try:
                validate_password(first, self.member or Member(username=found.get("username", "")))
            except ValidationError as error:
                self.add_error("password1", error)
        return found


class JoinForm(NewPasswordForm):
    """A name to sign in with, and a password. Role and team come from the invitation."""

    field_order = ("username", "password1", "password2")

    username = forms.CharField(
        label=phrase("accounts.field.username"),
        help_text=phrase("accounts.rule.username"),
        max_length=60,
        validators=[UnicodeUsernameValidator(message=phrase("accounts.error.username"))],
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={**_REQUIRED, "max_length": phrase("accounts.error.username")},
    )

    def clean_username(self) -> str:
        """Return the name, if nobody has it; names that differ in capital letters only are one."""
        username: str = Member.normalize_username(self.cleaned_data["username"])
        if Member.objects.filter(username__iexact=username).exists():
            raise ValidationError(phrase("accounts.error.username_taken"))
        return username


class OwnPasswordForm(ChangePasswordForm):
    """allauth's form for one's own password, with labels of ours."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the fields."""
        super().__init__(*args, **kwargs)
        for name, key in (("oldpassword", "current"), ("password1", "new"), ("password2", "again")):
            self.fields[name].label = phrase(f"accounts.field.password_{key}")
            self.fields[name].help_text = phrase("accounts.rule.password", count=SHORTEST) if key == "new" else ""
            self.fields[name].error_messages["required"] = phrase("accounts.error.required")
            self.fields[name].widget.attrs.pop("placeholder", None)

    def clean(self) -> dict[str, Any]:
        """Hold both new passwords against each other."""
        found = forms.Form.clean(self) or {}
        if found.get("password1") and found.get("password2") and found["password1"] != found["password2"]:
            self.add_error("password2", ValidationError(phrase("accounts.error.password_differs")))
        return found


class RoleForm(forms.Form):
    """A role, of those that the member who gives it may give."""

    role = forms.ChoiceField(label=phrase("accounts.field.role"), error_messages=_CHOICE)

    def __init__(self, *args: Any, giver: Member, **kwargs: Any) -> None:
        """Take the member who gives the role."""
        super().__init__(*args, **kwargs)
        choices = [(one.value, phrase(f"desk.role.{one}")) for one in Role if may_give(giver, one)]
        self.initial.setdefault("role", Role.READER)
        cast("forms.ChoiceField", self.fields["role"]).choices = choices


class InviteForm(RoleForm):
    """A role and a team."""

    team = forms.CharField(
        label=phrase("accounts.field.team"),
        help_text=phrase("accounts.rule.team"),
        required=False,
        max_length=64,
        error_messages={"max_length": phrase("accounts.error.team")},
    )

    def clean_team(self) -> str:
        """Return the team, if it has nothing that hides or turns text: every page with its name would be turned."""
        team = str(self.cleaned_data["team"])
        if not team.isprintable():
            raise ValidationError(phrase("accounts.error.team_signs"))
        return team
