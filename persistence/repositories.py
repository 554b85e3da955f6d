"""The repositories of a process, in one bundle."""

from dataclasses import dataclass

from domain.limits import Limits
from kit.clock import Clock
from persistence.activity import ActivityRepository
from persistence.api_keys import ApiKeyRepository
from persistence.chain import AuditChain
from persistence.forwarding import ForwardTurns
from persistence.idempotency import IdempotencyRepository
from persistence.intake import IntakeRepository
from persistence.metric_catalog import MetricCatalogRepository
from persistence.mongo import Mongo
from persistence.notifications import NotificationRepository
from persistence.pending import PendingEntries
from persistence.rollups import RollupRepository
from persistence.sessions import SessionRepository
from persistence.system import Notes
from persistence.trail import TrailKeeper
from persistence.users import UserRepository


@dataclass(frozen=True)
class Repositories:
    users: UserRepository
    sessions: SessionRepository
    api_keys: ApiKeyRepository
    activity: ActivityRepository
    chain: AuditChain
    trail: TrailKeeper
    pending: PendingEntries
    forwarding: ForwardTurns
    notifications: NotificationRepository
    idempotency: IdempotencyRepository
    rollups: RollupRepository
    metric_catalog: MetricCatalogRepository
    intake: IntakeRepository
    notes: Notes


def make_repositories(mongo: Mongo, clock: Clock, limits: Limits) -> Repositories:
    """All of them over one database; `clock` tells live sessions from dead ones."""
    data = mongo.collection("dashboard_data")
    users, sessions = mongo.collection("users"), mongo.collection("sessions")
    entries, chain = mongo.collection("audit_logs"), AuditChain(data, clock)
    return Repositories(
        users=UserRepository(users, data, sessions, clock),
        sessions=SessionRepository(sessions, clock),
        api_keys=ApiKeyRepository(sessions),
        activity=ActivityRepository(entries, chain),
        chain=chain,
        trail=TrailKeeper(entries, chain),
        pending=PendingEntries(users, sessions),
        forwarding=ForwardTurns(data),
        notifications=NotificationRepository(data),
        idempotency=IdempotencyRepository(data),
        rollups=RollupRepository(data, limits),
        metric_catalog=MetricCatalogRepository(data, limits),
        intake=IntakeRepository(data, limits),
        notes=Notes(data),
    )
