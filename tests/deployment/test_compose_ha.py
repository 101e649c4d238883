"""docker-compose.ha.yml, Caddyfile.ha: as for one server, but for what many need."""

import os
import re
import subprocess

import pytest
import yaml

from devtools.nodes import SERVER_WIDE
from tests.deployment.conftest import parse_caddyfile
from tests.deployment.test_compose import SECRET_NAME, compose_command, lasting
from tests.deployment.test_proxy import route_of, routes, site

ENVIRONMENT = {
    "DOMAIN": "atendimento.example.gov.br",
    "NODE_NAME": "node1",
    "NODE_NAMES": "node1,node2",
    "NODE_ADDRESS": "10.20.0.11",
    "ODOO_HTTP": "10.20.0.11:8069 10.20.0.12:8069",
    "ODOO_WEBSOCKET": "10.20.0.11:8072 10.20.0.12:8072",
    "PGHOST": "10.20.0.21,10.20.0.22",
    "S3_ENDPOINT": "https://s3.example.gov.br",
    "S3_BUCKET": "contact-center",
    "EXPORT_FOLDER": "/mnt/contact-center-exports",
}


@pytest.fixture(scope="module")
def several(root):
    """Return docker-compose.ha.yml as a dictionary."""
    return yaml.safe_load((root / "docker-compose.ha.yml").read_text())


@pytest.fixture(scope="module")
def nodes(several):
    """Return its services by name."""
    return several["services"]


@pytest.fixture(scope="module")
def caddy(root):
    """Return Caddyfile.ha as nested blocks."""
    return parse_caddyfile((root / "deploy/caddy/Caddyfile.ha").read_text())


def test_a_machine_runs_odoo_and_a_proxy_and_sets_up_when_asked(nodes):
    assert set(nodes) == {"setup", "odoo", "proxy"}
    # Two machines must not install at the same moment: `up` does not run it
    assert {name for name, service in nodes.items() if service.get("profiles")} == {"setup"}
    assert "depends_on" not in nodes["proxy"], "it leads to others while its own Odoo is away"


def test_services_are_hardened_and_watched_as_on_a_single_server(nodes, services):
    for name, service in nodes.items():
        alike = ("restart", "security_opt", "logging", "cap_drop", "cap_add", "image", "build")
        for key in (*alike, "stop_grace_period", "healthcheck", "init"):
            assert service.get(key) == services[name].get(key), f"{name}: {key}"
    assert set(lasting(nodes)) == {"odoo", "proxy"}


def test_the_environment_is_that_of_a_single_server_and_more(nodes, services):
    plain, several = services["odoo"]["environment"], nodes["odoo"]["environment"]
    # The database is elsewhere, no demonstration is made, the address is asked for in another file
    for_one = {"PGHOST", "CONTACT_CENTER_DEMO", "SANDBOX_META_URL", "SANDBOX_GLPI_URL", "BASE_URL"}
    assert {name: several[name] for name in set(plain) - for_one} == {
        name: plain[name] for name in set(plain) - for_one
    }
    assert several["BASE_URL"].startswith("https://${DOMAIN:?")
    assert nodes["setup"]["environment"] == several


def test_sessions_are_in_a_database_that_every_node_reads(nodes, odoo_conf):
    (load,) = [word for word in nodes["odoo"]["command"] if word.startswith("--load=")]
    loaded = set(load.partition("=")[2].split(","))
    assert loaded == {*odoo_conf["options"]["server_wide_modules"].split(","), "session_db"}
    assert loaded == set(SERVER_WIDE.split(",")), "the test of two nodes loads something else"
    # Not in the database that is copied every night: a session opens what a password opens
    database = nodes["odoo"]["environment"]["SESSION_DB_URI"]
    assert database != odoo_conf["options"]["db_name"]


def test_oca_addons_for_several_nodes_are_in_the_image(root):
    text = (root / "requirements-oca.txt").read_text()
    for name in ("session-db", "fs-attachment-s3", "fs-attachment", "fs-storage"):
        assert re.search(rf"(?m)^odoo-addon-{name}==19\.0\.", text), name
    libraries = (root / "requirements.txt").read_text()
    assert "\nfsspec==" in libraries and "\ns3fs==" in libraries


def test_nodes_are_told_apart_as_the_watch_over_outages_does(root, nodes):
    name = nodes["odoo"]["environment"]["PGAPPNAME"]
    assert name.startswith("${NODE_NAME:?") and name.endswith("}-{pid}")
    assert nodes["odoo"]["environment"]["CONTACT_CENTER_NODES"].startswith("${NODE_NAMES:?")
    watch = (root / "addons/contact_center_operation/models/outage_watch.py").read_text()
    assert "regexp_replace(application_name, '-[0-9]+$', '')" in watch


def test_a_machine_that_is_gone_without_a_word_is_noticed_in_ten_seconds(nodes):
    """Asked for here; that it is so, test_silent_machines.py shows where it can."""
    options = dict(re.findall(r"-c (\w+)=(\d+)", nodes["odoo"]["environment"]["PGOPTIONS"]))
    idle, interval, count = (
        int(options[f"tcp_keepalives_{name}"]) for name in ("idle", "interval", "count")
    )
    assert idle + interval * count <= 10
    assert int(options["tcp_user_timeout"]) <= 10_000
    assert int(options["client_connection_check_interval"]) <= 2_000
    kernel = nodes["odoo"]["sysctls"]
    idle, interval, count = (
        kernel[f"net.ipv4.tcp_keepalive_{name}"] for name in ("time", "intvl", "probes")
    )
    assert idle + interval * count <= 10


def test_no_secret_is_written_down(root, several, nodes):
    for name, service in nodes.items():
        for variable, value in service.get("environment", {}).items():
            if SECRET_NAME.search(variable):
                assert variable.endswith("_FILE"), f"{name}: {variable}"
                assert value.rpartition("/")[2] in service["secrets"], f"{name}: {variable}"
    assert set(several["secrets"]) == {
        secret for service in nodes.values() for secret in service["secrets"]
    }
    for line in (root / "deploy/.env.ha.example").read_text().splitlines():
        assert line.startswith("#") or not SECRET_NAME.search(line), line


def test_example_names_every_setting(root):
    used = set(re.findall(r"\$\{(\w+)", (root / "docker-compose.ha.yml").read_text()))
    named = set(re.findall(r"(?m)^(\w+)=", (root / "deploy/.env.ha.example").read_text()))
    assert used == named - {"COMPOSE_FILE"}
    required = set(re.findall(r"\$\{(\w+):\?", (root / "docker-compose.ha.yml").read_text()))
    assert required == set(ENVIRONMENT)


def test_odoo_is_open_to_the_other_machines_only(nodes, odoo_conf):
    options = odoo_conf["options"]
    assert [port.partition("}:")[2] for port in nodes["odoo"]["ports"]] == [
        f"{options['http_port']}:{options['http_port']}",
        f"{options['gevent_port']}:{options['gevent_port']}",
    ]
    assert all(port.startswith("${NODE_ADDRESS:?") for port in nodes["odoo"]["ports"])
    assert {port.split("/")[0] for port in nodes["proxy"]["ports"]} == {"80:80", "443:443"}


def test_files_mounted_from_the_repository_exist(root, nodes):
    for service in nodes.values():
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert not source.startswith(".") or (root / source).is_file(), source


def test_data_exports_are_in_a_folder_of_all_nodes(root, nodes):
    code = (root / "addons/contact_center_archive/models/data_export.py").read_text()
    assert 'config["data_dir"]) / "contact_center_data_export"' in code
    (mount,) = [one for one in nodes["odoo"]["volumes"] if one.startswith("${EXPORT_FOLDER:?")]
    assert mount.endswith(":/var/lib/odoo/contact_center_data_export")


def without_upstreams(block):
    """Return a route's block without where it leads."""
    return [(words, inner) for words, inner in block if words[0] != "reverse_proxy"]


def test_the_outside_sees_what_a_single_server_shows(caddyfile, caddy):
    plain, several = site(caddyfile), site(caddy)
    tls = [words for words, _ in several if words[0] == "tls"]
    assert tls == [["tls", "/run/secrets/tls_certificate", "/run/secrets/tls_key"]]
    for own, other in ((plain, several), (several, plain)):
        for words, inner in own:
            if words[0] != "handle" and words[0] != "tls":
                assert (words, inner) in other, words
    for (matcher, block), (other_matcher, other_block) in zip(
        routes(caddyfile), routes(caddy), strict=True
    ):
        assert matcher == other_matcher
        assert without_upstreams(block) == without_upstreams(other_block)


@pytest.mark.parametrize(
    ("path", "upstreams", "health"),
    [
        ("/websocket", "{$ODOO_WEBSOCKET}", "/websocket/health"),
        ("/whatsapp/webhook", "{$ODOO_HTTP}", "/web/health"),
        ("/odoo/mesa", "{$ODOO_HTTP}", "/web/health"),
    ],
)
def test_a_node_that_does_not_answer_is_passed(caddy, nodes, path, upstreams, health):
    ((words, options),) = [
        (words, inner) for words, inner in route_of(caddy, path) if words[0] == "reverse_proxy"
    ]
    assert words[1:] == [upstreams]
    assert upstreams[2:-1] in nodes["proxy"]["environment"]
    chosen = {words[0]: words[1] for words, _ in options}
    assert chosen["lb_policy"] == "least_conn"
    assert chosen["health_uri"] == health
    (others,) = [block for words, block in caddy if words == ["(others)"]]
    assert {"lb_try_duration", "fail_duration", "health_interval"} <= {
        words[0] for words, _ in others
    }


def test_the_runner_that_leads_reaches_every_node_by_the_proxy(caddy, nodes):
    environment = nodes["odoo"]["environment"]
    assert environment["ODOO_QUEUE_JOB_HOST"] == "proxy"
    port = environment["ODOO_QUEUE_JOB_PORT"]
    assert not any(port in published for published in nodes["proxy"]["ports"])
    (block,) = [block for words, block in caddy if words == [f"http://:{port}"]]
    assert (["@run", "path", "/queue_job/runjob"], None) in block
    handles = {tuple(words): inner for words, inner in block if words[0] == "handle"}
    (proxied,) = [words for words, _ in handles["handle", "@run"]]
    assert proxied == ["reverse_proxy", "{$ODOO_HTTP}"]
    assert handles["handle",] == [(["respond", "404"], None)]
    assert nodes["proxy"]["networks"] == nodes["odoo"]["networks"] == ["front"]


def test_connections_that_the_guide_asks_for_are_enough(root, odoo_conf):
    """Each process keeps one connection more, for sessions."""
    options = odoo_conf["options"]
    processes = int(options["workers"]) + int(options["max_cron_threads"]) + 1
    of_a_node = processes * int(options["db_maxconn"]) + int(options["db_maxconn_gevent"])
    of_a_node += int(options["workers"]) + 1
    guide = (root / "docs/administrador/crescer.md").read_text()
    asked = int(re.search(r"`max_connections`: (\d+) por máquina", guide)[1])
    assert asked >= of_a_node


@pytest.mark.skipif(compose_command() is None, reason="no Docker Compose v2 on this machine")
@pytest.mark.parametrize("profile", ["", "setup"])
def test_compose_accepts_the_file(root, profile):
    answer = subprocess.run(
        [*compose_command(), "-f", "docker-compose.ha.yml", "config", "--quiet"],
        cwd=root,
        env={**os.environ, **ENVIRONMENT, "COMPOSE_PROFILES": profile},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
