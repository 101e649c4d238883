"""deploy/*.sh, run for real with stand-ins for psql, odoo, curl and docker.

They are on the PATH.
"""

import base64
import os
import re
import stat
import subprocess

import pytest

ADDONS = (
    "contact_center_security,contact_center,contact_center_security_role,contact_center_archive,"
    "contact_center_contact,contact_center_cube,contact_center_open_data,"
    "contact_center_contract_end,contact_center_operation,contact_center_privacy,"
    "contact_center_supervision,contact_center_distribution,contact_center_cube_distribution,"
    "contact_center_workforce,contact_center_indicator,contact_center_indicator_operation,"
    "contact_center_workforce_indicator,contact_center_report,contact_center_measurement,"
    "contact_center_dashboard,chatbot_flow,contact_center_measurement_flow,contact_center_alert,"
    "contact_center_city156,contact_center_sms,contact_center_measurement_sms,whatsapp_helpdesk,"
    "whatsapp_helpdesk_alert,whatsapp_helpdesk_privacy,glpi_connector"
)

#: Answers what the database holds: the file `installed` beside it lists the installed addons.
PSQL = """#!/bin/bash
case "$*" in
  *to_regclass*) [[ -e "$STAGE/installed" ]] && echo ir_module_module || echo ;;
  *unnest*)
    missing=()
    for name in ${ADDONS//,/ }; do
      grep -qx "$name" "$STAGE/installed" || missing+=("$name")
    done
    (IFS=,; echo "${missing[*]}") ;;
  *pg_database*) [[ ! -e "$STAGE/sessions" ]] || echo 1 ;;
  *"CREATE DATABASE"*) echo "psql $*" >>"$STAGE/calls"; touch "$STAGE/sessions" ;;
  *last_backup_at*) echo "psql $*" >>"$STAGE/calls" ;;
  *web.base.url*) echo https://atendimento.example.gov.br ;;
  *) [[ ! -e "$STAGE/refuse" ]] || { echo 'FATAL: no password' >&2; exit 2; } ;;
esac
"""
ODOO = """#!/bin/bash
echo "odoo $*" >>"$STAGE/calls"
echo "PGPASSWORD=$PGPASSWORD ADMIN_PASSWORD=${ADMIN_PASSWORD:-}" >>"$STAGE/environment"
if [[ "$*" == *--init* && ! -e "$STAGE/broken" ]]; then
  printf '%s\\n' ${ADDONS//,/ } >"$STAGE/installed"
fi
[[ "$1" != shell ]] || cat >"$STAGE/script"
"""
DOCKER = """#!/bin/bash
echo "docker $*" >>"$STAGE/calls"
case "$*" in
  *pg_dump*|*tar*) [[ ! -e "$STAGE/broken" ]] || exit 1; echo data ;;
esac
"""


@pytest.fixture
def stage(tmp_path):
    """Return a folder with stand-ins in `bin` and the two secrets."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, text in (("psql", PSQL), ("odoo", ODOO), ("docker", DOCKER)):
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    (tmp_path / "db_password").write_text("of-the-database\n")
    (tmp_path / "admin_password").write_text("of-the-administrator\n")
    return tmp_path


def run(root, stage, script, *arguments, **environment):
    """Run a script of deploy/ on the stage and return the finished process."""
    return subprocess.run(
        ["bash", str(root / "deploy" / script), *arguments],
        env={
            "PATH": f"{stage / 'bin'}:{os.environ['PATH']}",
            "STAGE": str(stage),
            "ADDONS": ADDONS,
            "DB_WAIT_SECONDS": "0",
            "DB_PASSWORD_FILE": str(stage / "db_password"),
            "ADMIN_PASSWORD_FILE": str(stage / "admin_password"),
            "SETUP_SCRIPT": str(root / "deploy/setup_database.py"),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def calls(stage):
    """Return the commands that the stand-ins were given."""
    path = stage / "calls"
    return path.read_text().splitlines() if path.exists() else []


def test_addons_of_the_entrypoint_are_those_of_the_repository(root, manifests):
    assert set(ADDONS.split(",")) == set(manifests) - {"test_contact_center"}
    assert f'ADDONS="{ADDONS}"' in (root / "deploy/entrypoint.sh").read_text()


def test_setup_installs_once_and_sets_the_administrators_password(root, stage):
    first = run(root, stage, "entrypoint.sh", "setup")
    assert first.returncode == 0, first.stderr
    assert f"--init {ADDONS}" in calls(stage)[0]
    assert "--with-demo" not in calls(stage)[0]
    assert "ADMIN_PASSWORD=of-the-administrator" in (stage / "environment").read_text()
    assert (stage / "script").read_text() == (root / "deploy/setup_database.py").read_text()
    second = run(root, stage, "entrypoint.sh", "setup")
    assert second.returncode == 0, second.stderr
    assert sum("--init" in call for call in calls(stage)) == 1


def test_setup_with_demo_data_only_when_asked(root, stage):
    assert run(root, stage, "entrypoint.sh", "setup", CONTACT_CENTER_DEMO="1").returncode == 0
    assert "--with-demo" in calls(stage)[0]


def test_setup_continues_an_interrupted_installation(root, stage):
    (stage / "installed").write_text("contact_center\n")
    assert run(root, stage, "entrypoint.sh", "setup").returncode == 0
    missing = ADDONS.replace(",contact_center,", ",")
    assert f"--init {missing}" in calls(stage)[0]


def test_setup_says_what_was_not_installed(root, stage):
    (stage / "broken").touch()
    answer = run(root, stage, "entrypoint.sh", "setup")
    assert answer.returncode != 0
    assert f"not installed: {ADDONS}" in answer.stderr


def test_update_brings_the_addons_to_the_images_code(root, stage):
    (stage / "installed").write_text(ADDONS.replace(",", "\n") + "\n")
    assert run(root, stage, "entrypoint.sh", "update").returncode == 0
    assert f"--update {ADDONS}" in calls(stage)[0]


def test_serve_refuses_an_empty_database(root, stage):
    answer = run(root, stage, "entrypoint.sh", "serve")
    assert answer.returncode != 0
    assert "not set up" in answer.stderr
    assert not calls(stage)


def test_serve_starts_odoo_without_the_password_in_its_arguments(root, stage):
    (stage / "installed").write_text(ADDONS.replace(",", "\n") + "\n")
    assert run(root, stage, "entrypoint.sh").returncode == 0
    assert calls(stage) == ["odoo "]
    assert "PGPASSWORD=of-the-database" in (stage / "environment").read_text()


def nodes_environment(stage):
    """Return what docker-compose.ha.yml adds to the environment.

    With the store's keys.
    """
    for name in ("s3_access_key", "s3_secret_key"):
        (stage / name).write_text(f"{name}-of-the-store\n")
    odoo = (stage / "bin/odoo").read_text()
    line = 'echo "KEYS=${AWS_ACCESS_KEY_ID:-},${AWS_SECRET_ACCESS_KEY:-}" >>"$STAGE/environment"\n'
    (stage / "bin/odoo").write_text(odoo + line)
    return {
        "SESSION_DB_URI": "contact_center_sessions",
        "S3_BUCKET": "contact-center",
        "S3_ACCESS_KEY_FILE": str(stage / "s3_access_key"),
        "S3_SECRET_KEY_FILE": str(stage / "s3_secret_key"),
        "ADDONS": f"{ADDONS},fs_attachment_s3",
    }


def test_several_nodes_get_a_database_of_sessions_and_the_store(root, stage):
    environment = nodes_environment(stage)
    for _time in ("first", "second"):
        answer = run(root, stage, "entrypoint.sh", "setup", **environment)
        assert answer.returncode == 0, answer.stderr
    made = [call for call in calls(stage) if "CREATE DATABASE" in call]
    assert len(made) == 1 and '"contact_center_sessions"' in made[0]
    assert f"--init {ADDONS},fs_attachment_s3" in calls(stage)[1]
    keys = "KEYS=s3_access_key-of-the-store,s3_secret_key-of-the-store"
    assert keys in (stage / "environment").read_text()
    assert "of-the-store" not in "".join(calls(stage))


def test_a_node_without_the_keys_of_the_store_does_not_start(root, stage):
    environment = nodes_environment(stage)
    (stage / "s3_secret_key").unlink()
    answer = run(root, stage, "entrypoint.sh", "serve", **environment)
    assert answer.returncode != 0
    assert "the store's secret key" in answer.stderr
    assert not calls(stage)


@pytest.mark.parametrize("content", [None, "", "\n"])
def test_nothing_starts_without_a_password(root, stage, content):
    secret = stage / "db_password"
    secret.unlink()
    if content is not None:
        secret.write_text(content)
    answer = run(root, stage, "entrypoint.sh", "serve")
    assert answer.returncode != 0
    assert "the database password" in answer.stderr
    assert not calls(stage)


def test_database_out_of_reach_is_said_in_words(root, stage):
    (stage / "refuse").touch()
    answer = run(root, stage, "entrypoint.sh", "serve", PGHOST="db", PGUSER="odoo")
    assert answer.returncode != 0
    assert "PostgreSQL at db:5432 did not accept 'odoo'" in answer.stderr
    assert "FATAL: no password" in answer.stderr


def test_secrets_are_random_closed_and_kept(root, tmp_path):
    script = tmp_path / "make-secrets.sh"
    script.write_text((root / "deploy/make-secrets.sh").read_text())
    subprocess.run(["bash", script], check=True, capture_output=True)
    folder = tmp_path / "secrets"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    first = {path.name: path.read_text() for path in folder.iterdir()}
    assert set(first) == {"db_password", "admin_password", "secret_keys"}
    key = first["secret_keys"]
    passwords = [first["db_password"], first["admin_password"]]
    assert all(re.fullmatch(r"[\w-]{32}\n", value) for value in passwords)
    assert len(set(passwords)) == 2
    assert len(base64.urlsafe_b64decode(key)) == 32 and re.fullmatch(r"[\w=-]{44}\n", key)
    subprocess.run(["bash", script], check=True, capture_output=True)
    assert {path.name: path.read_text() for path in folder.iterdir()} == first


def test_secrets_are_those_of_the_compose_file(root, compose):
    names = re.search(r"for name in (.+); do", (root / "deploy/make-secrets.sh").read_text())[1]
    assert set(names.split()) == set(compose["secrets"])


def rotating(root, stage):
    """Return the script that changes the key, in a folder with a key of its own."""
    script = stage / "rotate-secrets.sh"
    script.write_text((root / "deploy/rotate-secrets.sh").read_text())
    (stage / "secrets").mkdir()
    keys = stage / "secrets/secret_keys"
    keys.write_text("old-key\n")
    keys.chmod(0o444)
    environment = {**os.environ, "STAGE": str(stage)}
    environment["PATH"] = f"{stage / 'bin'}:{environment['PATH']}"

    def rotate(*arguments):
        return subprocess.run(
            ["bash", script, *arguments], env=environment, capture_output=True, text=True
        )

    return keys, rotate


def test_rotation_puts_a_new_key_on_top_of_the_same_file(root, stage):
    keys, rotate = rotating(root, stage)
    inode = keys.stat().st_ino
    assert rotate().returncode == 0
    newest, old = keys.read_text().split()
    assert len(base64.urlsafe_b64decode(newest)) == 32 and old == "old-key"
    assert keys.stat().st_ino == inode and stat.S_IMODE(keys.stat().st_mode) == 0o444
    assert calls(stage) == [
        "docker compose exec -T odoo contact-center secrets rotate --no-new-key"
    ]
    assert rotate("--forget").returncode == 0
    assert keys.read_text() == f"{newest}\n"
    assert calls(stage)[-1].endswith("secrets status --only-newest")


def test_rotation_keeps_old_keys_that_are_still_needed(root, stage):
    keys, rotate = rotating(root, stage)
    (stage / "bin/docker").write_text("#!/bin/bash\nexit 1\n")
    assert rotate("--forget").returncode != 0
    assert keys.read_text() == "old-key\n"


def test_command_for_secrets_gets_its_words_and_the_database(root, stage):
    run(root, stage, "entrypoint.sh", "secrets", "rotate", "--no-new-key", ADDONS_PATH="/x")
    run(root, stage, "entrypoint.sh", "secrets", ADDONS_PATH="/x")
    command = "odoo --addons-path=/x contact_center_secrets"
    assert calls(stage) == [f"{command} rotate --no-new-key", f"{command} status"]


def test_backup_holds_database_and_files_with_checksums(root, stage):
    answer = run(root, stage, "backup.sh", str(stage / "copies"))
    assert answer.returncode == 0, answer.stderr
    (copy,) = (stage / "copies").iterdir()
    assert {path.name for path in copy.iterdir()} == {
        "database.dump",
        "files.tar.gz",
        "SHA256SUMS",
    }
    assert [" pg_dump " in call for call in calls(stage)] == [
        True,
        False,
        False,
    ]  # the database first
    assert "contact_center.last_backup_at" in calls(stage)[2]  # for the health page
    assert stat.S_IMODE(copy.stat().st_mode) == 0o700


def test_whoever_makes_copies_tells_the_health_page(root, stage):
    """On several servers it is not backup.sh; the note is the same."""
    answer = run(root, stage, "entrypoint.sh", "backed-up")
    assert answer.returncode == 0, answer.stderr
    (asked,) = [call for call in calls(stage) if call.startswith("psql")]
    script = (root / "deploy/backup.sh").read_text()
    for words in ("INSERT INTO ir_config_parameter", "'contact_center.last_backup_at'"):
        assert words in script
    assert "INSERT INTO ir_config_parameter" in asked


def test_broken_backup_leaves_nothing_that_looks_like_one(root, stage):
    (stage / "broken").touch()
    assert run(root, stage, "backup.sh", str(stage / "copies")).returncode != 0
    assert not list((stage / "copies").iterdir())


def test_restore_asks_twice_and_checks_the_copy(root, stage):
    assert run(root, stage, "backup.sh", str(stage / "copies")).returncode == 0
    (copy,) = (stage / "copies").iterdir()
    (stage / "calls").unlink()
    assert run(root, stage, "restore.sh", str(copy)).returncode == 2
    (copy / "files.tar.gz").write_text("changed")
    assert run(root, stage, "restore.sh", str(copy), "--replace").returncode != 0
    assert not calls(stage)


def test_restore_stops_odoo_before_it_replaces_the_database(root, stage):
    assert run(root, stage, "backup.sh", str(stage / "copies")).returncode == 0
    (copy,) = (stage / "copies").iterdir()
    (stage / "calls").unlink()
    answer = run(root, stage, "restore.sh", str(copy), "--replace")
    assert answer.returncode == 0, answer.stderr
    order = [next(word for word in ("stop", "dropdb", "pg_restore", "tar", "up") if word in call)
             for call in calls(stage)[1:] if "createdb" not in call]  # fmt: skip
    assert order == ["stop", "dropdb", "pg_restore", "tar", "up"]
