"""What an entry of the trail keeps from those it is shown to."""

from collections.abc import Sequence

from domain.activity import Activity, FieldChange
from domain.ids import UserId
from domain.principal import Principal

# Of accounts, what is for the person and administrators only.
PRIVATE_FIELDS = frozenset({"email", "role"})


def shown_changes(principal: Principal, entry: Activity) -> Sequence[FieldChange]:
    """The changes as `principal` may see them: of others' accounts, what their e-mail
    and role were and became is left out. Who was an administrator when they changed
    them is not one for ever.
    """
    if entry.target_type != "user" or entry.target_id is None:
        return entry.changes
    if principal.may_see_private(UserId(entry.target_id)):
        return entry.changes
    return tuple(
        FieldChange(one.field, None, None) if one.field in PRIVATE_FIELDS else one
        for one in entry.changes
    )
