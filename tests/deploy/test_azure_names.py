"""What the templates say of the service is what the service says of itself."""

import json
from pathlib import Path

import pytest

pytest.importorskip("tree_sitter_bicep")

from tree_sitter import Node

from app import health
from app.forwarding.service_bus import BY_IDENTITY
from app.settings.rules import PREFIX
from app.settings.settings import Settings, load_settings
from scripts import azure_collections
from tests.support.bicep import Template, inner, plain_text, properties, text_of

MODULES = Path(__file__).resolve().parents[2] / "deploy" / "azure" / "modules"
BACKEND = Template(MODULES / "backend.bicep")
APP = BACKEND.resource("Microsoft.App/containerApps").value
DATA_SENDER = "69a216fc-b8fb-44d8-bc22-1f3c2cd27a39"
# Read by libraries rather than by us, and by the identity's.
FOREIGN = {"APPLICATIONINSIGHTS_CONNECTION_STRING", "AZURE_CLIENT_ID"}


def value(*path: str | int) -> Node:
    assert APP is not None
    return BACKEND.at(APP, *path)


def variables(name: str) -> dict[str, Node]:
    declared = BACKEND.of_kind("variable")[name].value
    assert declared is not None
    return properties(declared)


def variable(template: Template, name: str) -> Node:
    found = template.of_kind("variable")[name].value
    assert found is not None
    return found


def probes() -> dict[str | None, Node]:
    listed = value("properties", "template", "containers", 0, "probes")
    return {plain_text(properties(one)["type"]): one for one in listed.named_children}


def test_the_collections_of_cosmos_db_are_those_of_the_code() -> None:
    assert azure_collections.FILE.read_text() == azure_collections.text()


def test_a_unique_index_of_a_sharded_collection_holds_its_shard_key() -> None:
    for one in json.loads(azure_collections.FILE.read_text()):
        for index in one["indexes"]:
            if index.get("options", {}).get("unique"):
                assert set(one.get("shardKey", {})) <= set(index["key"]["keys"])


def test_every_variable_of_the_container_is_a_setting() -> None:
    names = {*variables("settings"), *variables("secrets")} - FOREIGN

    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    assert names <= known
    assert {
        one for one in variables("secrets") if one.endswith(("URI", "URL", "SECRET"))
    }


def test_the_settings_of_the_container_let_production_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # What only Azure knows, and whoever deploys.
    given = {
        "DASHBOARD_MONGODB_URI": "mongodb://a:b@a.example.com:10255/?ssl=true",
        "DASHBOARD_REDIS_URL": "rediss://:a@r.example.com:6380/0",
        "DASHBOARD_JWT_SECRET": "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
        "DASHBOARD_ADMIN_EMAIL": "a@example.com",
        "DASHBOARD_ADMIN_PASSWORD": "a long enough password",
        "DASHBOARD_ALLOWED_HOSTS": "dashboard.example.com,*.region.example.com",
        "DASHBOARD_TRUSTED_PROXIES": "100.100.0.0/16",
        "DASHBOARD_BACKEND_CORS_ORIGINS": "",
        "DASHBOARD_WORKERS": "1",
    }
    assert set(given) <= {*variables("settings"), *variables("secrets")}
    for name, node in variables("settings").items():
        monkeypatch.setenv(name, given.get(name, plain_text(node) or ""))
    for name in variables("secrets"):
        monkeypatch.setenv(name, given[name])

    settings = load_settings()

    assert settings.env == "production"
    assert settings.mongodb_database == "user_dashboard"
    ends_s = int(
        text_of(value("properties", "template", "terminationGracePeriodSeconds"))
    )
    assert settings.drain_s + settings.shutdown_grace_s < ends_s


def test_the_ports_are_the_one_the_service_listens_on() -> None:
    ports = {text_of(value("properties", "configuration", "ingress", "targetPort"))}
    ports |= {text_of(BACKEND.at(p, "httpGet", "port")) for p in probes().values()}

    assert ports == {plain_text(variables("settings")["DASHBOARD_PORT"])} == {"8000"}


def test_probes_ask_what_there_is_as_often_as_documented() -> None:
    asked = {
        k: plain_text(BACKEND.at(p, "httpGet", "path")) for k, p in probes().items()
    }
    periods = {k: text_of(BACKEND.at(p, "periodSeconds")) for k, p in probes().items()}

    assert set(asked.values()) <= {route.path for route in health.ROUTES}
    assert asked["Liveness"] == "/health"
    assert asked["Readiness"] == "/health/ready"
    assert (periods["Liveness"], periods["Readiness"]) == ("30", "10")


def test_it_scales_and_is_upgraded_as_documented() -> None:
    scale = ("properties", "template", "scale")
    rule = value(*scale, "rules", 0, "http", "metadata", "concurrentRequests")
    main = Template(MODULES.parent / "main.bicep").of_kind("parameter")
    bounds = [main[name].value for name in ("minReplicas", "maxReplicas")]
    configuration = ("properties", "configuration")

    assert plain_text(rule) == "50"
    assert [text_of(node) for node in bounds if node] == ["1", "5"]
    assert plain_text(value(*configuration, "activeRevisionsMode")) == "Multiple"
    assert plain_text(value(*configuration, "ingress", "transport")) == "auto"
    assert (
        plain_text(value(*configuration, "ingress", "stickySessions", "affinity"))
        == "none"
    )


def test_cosmos_db_is_as_documented() -> None:
    template = Template(MODULES / "database.bicep")
    account = template.resource("Microsoft.DocumentDB/databaseAccounts").value
    assert account is not None
    consistency = ("consistencyPolicy", "defaultConsistencyLevel")
    listed = template.at(account, "properties", "capabilities").named_children
    highest = Template(MODULES.parent / "main.bicep").of_kind("parameter")

    assert plain_text(template.at(account, "properties", *consistency)) == "Session"
    names = {plain_text(properties(one)["name"]) for one in listed}
    assert names == {"EnableMongo", "DisableRateLimitingResponses"}
    most = highest["cosmosMaxThroughput"].value
    assert most is not None
    assert text_of(most) == "4000"


def test_redis_is_reached_over_tls_alone() -> None:
    template = Template(MODULES / "cache.bicep")
    redis = template.resource("Microsoft.Cache/redis").value
    assert redis is not None

    assert text_of(template.at(redis, "properties", "enableNonSslPort")) == "false"
    for name, port in (("cache", 6380), ("managed-cache", 10000)):
        text = (MODULES / f"{name}.bicep").read_text()
        assert "value: 'rediss://:" in text
        assert f":{port}/0'" in text


def test_the_topic_keeps_what_forwarding_promises() -> None:
    template = Template(MODULES / "events.bicep")

    def said(kind: str, *path: str) -> str:
        found = template.resource(f"Microsoft.{kind}").value
        assert found is not None
        return text_of(template.at(inner(found), "properties", *path))

    topics = "ServiceBus/namespaces/topics"
    assert said("ServiceBus/namespaces", "disableLocalAuth") == "true"
    assert said(topics, "supportOrdering") == "true"
    assert said(topics, "enablePartitioning") == "false"
    assert said(topics, "requiresDuplicateDetection") == "true"
    assert said(f"{topics}/subscriptions", "requiresSession") == "true"
    # Azure Service Bus Data Sender, on the topic, and no other role.
    role = template.resource("Microsoft.Authorization/roleAssignments").body
    assert text_of(role["scope"]) == "topic"
    assert plain_text(variable(template, "dataSender")) == DATA_SENDER
    assert "dataSender)" in said("Authorization/roleAssignments", "roleDefinitionId")


def test_the_app_takes_the_address_of_the_topic(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connection = Template(MODULES / "events.bicep").of_kind("output")["connection"]
    assert connection.value is not None
    address = text_of(connection.value).strip("'").replace("${namespace.name}", "a")
    monkeypatch.setenv("DASHBOARD_FORWARD_SERVICE_BUS_CONNECTION", address)
    monkeypatch.setenv("DASHBOARD_FORWARD_SERVICE_BUS_ENTITY", "dashboard-events")

    settings = load_settings()

    taken = settings.forward_service_bus_connection
    assert taken is not None
    assert taken.get_secret_value() == address
    assert BY_IDENTITY in address
