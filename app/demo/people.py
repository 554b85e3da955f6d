"""Who works in the demo workspace."""

from dataclasses import dataclass

from domain.ids import USER, UserId
from domain.principal import Principal, Role
from domain.users import AccountStatus
from kit.ids import derived_id

DEMO_EMAIL = "demo@example.com"


@dataclass(frozen=True)
class Person:
    """`joined_days` is how long before the workspace was made they joined."""

    name: str
    joined_days: float
    role: Role = Role.MEMBER
    status: AccountStatus = AccountStatus.ACTIVE
    address: str | None = None

    @property
    def email(self) -> str:
        return self.address or f"{self.name.lower().replace(' ', '.')}@example.com"

    @property
    def id(self) -> UserId:
        return UserId(derived_id(USER, "demo", self.email))

    @property
    def target(self) -> tuple[str, str, str]:
        """What an entry of the trail says when it is about them."""
        return ("user", self.id, self.name)

    @property
    def principal(self) -> Principal:
        """What an entry of the trail says when it is by them."""
        return Principal(role=self.role, label=self.name, user_id=self.id)


DEMO = Person("Dana Whitfield", 120, Role.ADMIN, address=DEMO_EMAIL)
PEOPLE = (
    DEMO,
    Person("Amara Okafor", 118, Role.ADMIN),
    Person("Mateo Fernandez", 110),
    Person("Ingrid Solberg", 101),
    Person("Hiroshi Tanaka", 96),
    Person("Priya Raman", 90),
    Person("Luca Moretti", 83),
    Person("Zofia Kowalska", 75),
    Person("Omar Haddad", 66, status=AccountStatus.DISABLED),
    Person("Grace Mwangi", 58),
    Person("Noah Lindqvist", 51),
    Person("Chloe Dubois", 44),
    Person("Tariq Aziz", 37),
    Person("Elena Petrova", 31),
    Person("Samuel Osei", 24),
    Person("Mei Lin", 17.2),
    Person("Jonas Weber", 11.6),
    Person("Ana Silva", 6.3),
    Person("Ruth Cohen", 3.4),
    Person("Finn Byrne", 0.7),
)
COLLEAGUES = tuple(
    person
    for person in PEOPLE
    if person is not DEMO and person.status is AccountStatus.ACTIVE
)
