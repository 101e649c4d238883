"""odoo.conf: closed to the outside, in step with proxy, compose file and jobs."""

import re
from xml.etree import ElementTree

from devtools.servers import ARENAS

ADDONS_IN_IMAGE = "/opt/contact-center/addons"


def declared_channels(root):
    """Return the full names of the channels that the addons' data give their methods."""
    records = {}  # external id without addon -> (model, {field: (text, ref)})
    for path in root.glob("addons/*/data/*.xml"):
        for record in ElementTree.parse(path).iter("record"):
            fields = {
                field.get("name"): (field.text or "", field.get("ref", ""))
                for field in record.iter("field")
            }
            records[record.get("id").rpartition(".")[2]] = (record.get("model"), fields)

    def full_name(reference):
        identifier = reference.rpartition(".")[2]
        if identifier == "channel_root":
            return "root"
        fields = records[identifier][1]
        return f"{full_name(fields['parent_id'][1])}.{fields['name'][0]}"

    return {
        full_name(fields["channel_id"][1]) if "channel_id" in fields else "root"
        for model, fields in records.values()
        if model == "queue.job.function"
    }


def test_every_channel_of_the_addons_has_a_capacity(root, channels):
    declared = declared_channels(root)
    assert declared, "no queue.job.function found in the addons' data"
    assert declared <= set(channels)


def test_channels_add_up(channels):
    leaves = {
        name for name in channels if not any(other.startswith(f"{name}.") for other in channels)
    }
    for name, capacity in channels.items():
        below = [channels[leaf] for leaf in leaves if leaf.startswith(f"{name}.")]
        assert not below or sum(below) == capacity, name


def test_jobs_leave_workers_for_people(odoo_conf, channels):
    assert int(odoo_conf["options"]["workers"]) >= channels["root"] + 4


def test_jobs_are_run_inside_the_container(odoo_conf):
    section = odoo_conf["queue_job"]
    assert (section["scheme"], section["host"]) == ("http", "127.0.0.1")
    assert section["port"] == odoo_conf["options"]["http_port"]
    assert "queue_job" in odoo_conf["options"]["server_wide_modules"].split(",")


def test_closed_to_the_outside(odoo_conf):
    options = odoo_conf["options"]
    assert options["list_db"] == "False"
    assert options["proxy_mode"] == "True"
    assert options["http_interface"]
    assert options["with_demo"] == "False"
    # db_name alone closes it as well, and spares each webhook a list of all databases.
    assert options["db_name"]
    assert "dbfilter" not in options
    assert options["admin_passwd"] == ""  # an empty one is refused whatever is typed


def test_no_secret_is_written_down(odoo_conf):
    for section in odoo_conf.sections():
        for option, value in odoo_conf[section].items():
            assert not re.search(r"pass|secret|token|user$", option) or not value, option


def test_addons_path_is_what_the_image_has(root, odoo_conf):
    paths = odoo_conf["options"]["addons_path"].split(",")
    dockerfile = (root / "Dockerfile").read_text()
    assert paths[0] == "/opt/odoo/usr/lib/python3/dist-packages/odoo/addons"
    assert "--target /opt/oca " in dockerfile and paths[1] == "/opt/oca/odoo/addons"
    assert f"COPY addons {ADDONS_IN_IMAGE}" in dockerfile and paths[2] == ADDONS_IN_IMAGE


def test_database_is_the_one_of_the_compose_file(odoo_conf, services):
    name = odoo_conf["options"]["db_name"]
    assert services["db"]["environment"]["POSTGRES_DB"] == name
    assert services["odoo"]["environment"]["PGDATABASE"] == name
    assert (
        services["odoo"]["environment"]["PGUSER"] == services["db"]["environment"]["POSTGRES_USER"]
    )


def test_postgres_has_connections_for_every_process(odoo_conf, services):
    options = odoo_conf["options"]
    processes = int(options["workers"]) + int(options["max_cron_threads"]) + 1  # the job runner
    needed = processes * int(options["db_maxconn"]) + int(options["db_maxconn_gevent"])
    offered = re.search(r"max_connections=(\d+)", " ".join(services["db"]["command"]))
    assert needed <= int(offered[1]) - 3  # three are kept for the superuser


def test_files_and_log_are_where_the_containers_expect_them(odoo_conf):
    options = odoo_conf["options"]
    assert options["data_dir"] == "/var/lib/odoo"
    assert options["logfile"] == ""
    assert "werkzeug:WARNING" in options["log_handler"].split(",")


def test_threads_share_arenas_of_memory_in_the_image_as_in_development(root):
    dockerfile = (root / "Dockerfile").read_text(encoding="utf-8")
    assert all(f"{name}={value}" in dockerfile for name, value in ARENAS.items())
