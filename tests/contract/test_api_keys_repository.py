from dataclasses import replace

from persistence.api_keys import ApiKeyRepository
from persistence.sessions import SessionRepository
from tests.support.records import api_key, session_of

NOW = 1_750_500_000_000


async def test_a_key_is_found_by_the_hash_of_its_secret(
    api_keys: ApiKeyRepository,
) -> None:
    key = api_key(NOW)

    await api_keys.insert(key, "-hash_of-secret")

    assert await api_keys.by_hash("-hash_of-secret") == key
    assert await api_keys.by_hash("another") is None


async def test_a_session_is_no_key_and_a_key_no_session(
    api_keys: ApiKeyRepository, sessions: SessionRepository
) -> None:
    session = session_of("u_ana", NOW)
    await sessions.insert(session)
    await api_keys.insert(api_key(NOW), "hash")

    assert await api_keys.by_hash(session.id) is None
    assert await sessions.get("hash") is None
    assert not await sessions.revoke("hash")
    assert len(await api_keys.list()) == 1


async def test_keys_are_listed_newest_first(api_keys: ApiKeyRepository) -> None:
    old, new = api_key(NOW), api_key(NOW + 1)
    await api_keys.insert(old, "h1")
    await api_keys.insert(new, "h2")

    assert await api_keys.list() == [new, old]


async def test_a_key_is_revoked_once_and_stays_known(
    api_keys: ApiKeyRepository,
) -> None:
    key = api_key(NOW)
    await api_keys.insert(key, "hash")

    assert await api_keys.revoke(key.id)
    assert not await api_keys.revoke(key.id)
    assert not await api_keys.revoke("k_none")

    assert await api_keys.by_hash("hash") == replace(key, revoked=True)


async def test_last_use_never_moves_back(api_keys: ApiKeyRepository) -> None:
    key = api_key(NOW)
    await api_keys.insert(key, "hash")

    await api_keys.touch(key.id, NOW + 5)
    await api_keys.touch(key.id, NOW + 2)

    assert await api_keys.by_hash("hash") == replace(key, last_used_ms=NOW + 5)
