"""The administrator of a service that has none yet."""

from dataclasses import dataclass, field

from app.lifespan import Platform
from resolvers.new_users import FIRST_ADMIN_EMAIL, ensure_first_admin


@dataclass(frozen=True)
class FirstSignIn:
    """How the administrator made at this start signs in: shown once, kept nowhere."""

    email: str
    password: str = field(repr=False)


async def first_sign_in(platform: Platform) -> FirstSignIn | None:
    """Makes the first administrator when there is none.

    Returns how to sign in when a password was made up for it, else None.
    """
    email = platform.settings.admin_email
    given = platform.settings.admin_password
    password = given.get_secret_value() if given else None
    made_up = await ensure_first_admin(platform.services, email, password)
    return FirstSignIn(email or FIRST_ADMIN_EMAIL, made_up) if made_up else None
