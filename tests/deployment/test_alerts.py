"""deploy/prometheus: the example alerts name existing figures, each explained."""

import re

import pytest
import yaml

NAME = re.compile(r"contact_center_[a-z0-9_]+")


@pytest.fixture(scope="module")
def rules(root):
    """Return the rules of alerts.yml."""
    content = yaml.safe_load((root / "deploy/prometheus/alerts.yml").read_text())
    return [rule for group in content["groups"] for rule in group["rules"]]


def declared(root):
    """Return {name: labels} of the figures that the addons declare (`Gauge(...)`).

    That each is exported by the route is tested in `test_contact_center`.
    """
    found = {}
    for path in root.glob("addons/*/models/*metrics.py"):
        for name, rest in re.findall(
            r'Gauge\(\s*"([a-z0-9_]+)",(.*?)(?=Gauge\(|\n    @|\Z)', path.read_text(), re.DOTALL
        ):
            found[name] = rest
    return found


def test_every_alert_is_of_figures_that_there_are(root, rules):
    known = declared(root)
    assert len(known) > 30
    for rule in rules:
        names = set(NAME.findall(rule["expr"].replace('job="contact_center"', "")))
        assert names or rule["expr"].startswith("up{"), rule["alert"]
        assert names <= set(known), rule["alert"]


def test_every_alert_can_be_acted_on(rules):
    names = [rule["alert"] for rule in rules]
    assert len(set(names)) == len(names)
    for rule in rules:
        assert rule["labels"]["severity"] in ("critical", "warning"), rule["alert"]
        assert rule["annotations"]["summary"].endswith("."), rule["alert"]
        assert re.fullmatch(r"\d+[mh]", rule["for"]), rule["alert"]


def test_every_alert_is_explained_in_the_guide(root, rules):
    page = (root / "docs/administrador/alertas.md").read_text()
    rows = {
        name: (severity, meaning.strip(), advice.strip())
        for name, severity, meaning, advice in re.findall(
            r"^\| `(\w+)`( \(crítico\))? \|([^|]+)\|([^|]+)\|$", page, re.MULTILINE
        )
    }
    assert set(rows) == {rule["alert"] for rule in rules}
    for rule in rules:
        severity, meaning, advice = rows[rule["alert"]]
        assert bool(severity) == (rule["labels"]["severity"] == "critical"), rule["alert"]
        assert meaning, rule["alert"]
        assert advice, rule["alert"]


def test_prometheus_reads_the_address_with_a_token(root):
    content = yaml.safe_load((root / "deploy/prometheus/prometheus.yml").read_text())
    (job,) = content["scrape_configs"]
    assert job["metrics_path"] == "/contact_center/metrics"
    assert job["authorization"] == {
        "type": "Bearer",
        "credentials_file": "/etc/prometheus/metrics_token",
    }
    assert content["rule_files"] == ["alerts.yml"]
