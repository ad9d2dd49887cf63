"""The examples of deploy/ are of this product: every setting in them exists, and whatever reads them understands them."""
import json
import re
import subprocess

import pytest
import yaml
from nightdesk import BINARY, ROOT, run

DEPLOY = ROOT / "deploy"
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
YAML = [path for path in FILES if path.suffix == ".yaml"]
KUBERNETES = [path for path in YAML if path.is_relative_to(DEPLOY / "kubernetes")]
SETTINGS = sorted((DEPLOY / "systemd").glob("*.json"))
# The drain is followed by ten seconds in which running requests end.
AFTERWARDS = 10


def named(path):
    return str(path.relative_to(DEPLOY))


@pytest.fixture(scope="module")
def declared():
    """What `nightdesk help` knows: environment variables by flag, and what each is by default."""
    text = run("help").stdout
    found = re.findall(r"^  --([\w-]+) .*\n    (NIGHTDESK_\w+) +by default (.*)$", text, re.M)
    assert len(found) > 20
    return {flag: variable for flag, variable, _ in found}


@pytest.mark.parametrize("path", FILES, ids=named)
def test_every_setting_named_anywhere_exists(path, declared):
    text = path.read_text()
    unknown = set(re.findall(r"\bNIGHTDESK_[A-Z0-9_]+\b", text)) - set(declared.values())
    assert not unknown, f"{unknown} are no settings of nightdesk"
    # The flags of commands written out in comments and start lines.
    commands = re.findall(r"\bnightdesk (?:serve|check|promote|backup|restore|owner-link)\b[^\n`]*", text)
    unknown = {flag for command in commands for flag in re.findall(r"--([\w-]+)", command)} - set(declared)
    assert not unknown, f"{unknown} are no flags of nightdesk"


@pytest.mark.parametrize("path", SETTINGS, ids=named)
def test_settings_files_are_read(path, tmp_path):
    """By the program itself, which refuses what it does not know; it only gets a folder of its own, and no database to look for."""
    settings = json.loads(path.read_text())
    settings["data"] = str(tmp_path / "nowhere")
    settings.pop("database", None)
    (tmp_path / "settings.json").write_text(json.dumps(settings))
    ended = run("check", "--config", tmp_path / "settings.json")
    assert "there is no nightdesk database" in ended.stderr, ended.stderr


def documents(path):
    return [document for document in yaml.safe_load_all(path.read_text()) if document]


@pytest.mark.parametrize("path", YAML, ids=named)
def test_yaml_is_yaml(path):
    assert documents(path)


def containers():
    for path in KUBERNETES:
        for document in documents(path):
            if document.get("kind") == "Deployment":
                pod = document["spec"]["template"]["spec"]
                yield pytest.param(document, pod, pod["containers"][0], id=document["metadata"]["name"])


@pytest.mark.parametrize("deployment, pod, container", list(containers()))
def test_a_pod_can_do_what_a_node_needs(deployment, pod, container):
    settings = {variable["name"]: variable.get("value") for variable in container["env"]}
    assert pod["enableServiceLinks"] is False, "Kubernetes would set NIGHTDESK_PORT to the service's address"
    assert pod["terminationGracePeriodSeconds"] > int(settings.get("NIGHTDESK_DRAIN", 0)) + AFTERWARDS
    places = {mount["mountPath"] for mount in container["volumeMounts"]}
    assert {"/var/lib/nightdesk", settings["NIGHTDESK_ATTACHMENTS"]} <= places, "the container's own files are read only"
    assert settings["NIGHTDESK_SECRET_KEY"].startswith("/key/") and "/key" in places
    volumes = {volume["name"]: volume for volume in pod["volumes"]}
    assert {mount["name"] for mount in container["volumeMounts"]} == set(volumes)
    assert volumes["key"]["secret"]["defaultMode"] & 0o037 == 0 and pod["securityContext"]["fsGroup"], "others may not read the key"
    assert (container["readinessProbe"]["httpGet"]["path"], container["livenessProbe"]["httpGet"]["path"]) == ("/readyz", "/healthz")
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    assert labels == deployment["spec"]["selector"]["matchLabels"]


def test_kubernetes_parts_find_each_other():
    parts = [document for path in KUBERNETES for document in documents(path)]
    of_kind = lambda kind: {part["metadata"]["name"]: part for part in parts if part.get("kind") == kind}
    deployments, services = of_kind("Deployment"), of_kind("Service")
    pods = [deployment["spec"]["template"]["metadata"]["labels"] for deployment in deployments.values()]
    for chooser in [*services.values(), *of_kind("PodDisruptionBudget").values()]:
        labels = chooser["spec"]["selector"]
        assert labels.get("matchLabels", labels) in pods
    for ingress in of_kind("Ingress").values():
        for path in ingress["spec"]["rules"][0]["http"]["paths"]:
            assert path["backend"]["service"]["name"] in services
    assert all(scaler["spec"]["scaleTargetRef"]["name"] in deployments for scaler in of_kind("HorizontalPodAutoscaler").values())
    for path in KUBERNETES:
        for document in documents(path):
            for resource in document.get("resources", []):
                assert (path.parent / resource).exists(), f"{named(path)} names {resource}"


def test_compose_gives_its_nodes_time_and_a_key():
    compose = documents(DEPLOY / "compose/compose.yaml")[0]
    nodes = [compose["services"][name] for name in ("node1", "node2")]
    for node in nodes:
        settings = node["environment"]
        assert int(node["stop_grace_period"].rstrip("s")) > int(settings["NIGHTDESK_DRAIN"]) + AFTERWARDS
        assert settings["NIGHTDESK_SECRET_KEY"] == f"/run/secrets/{node['secrets'][0]}" and node["secrets"][0] in compose["secrets"]
        assert (DEPLOY / "compose" / node["build"]["context"] / node["build"]["dockerfile"]).exists()
    for service in compose["services"].values():
        volumes = [volume.split(":")[0] for volume in service.get("volumes", [])]
        assert all(name in compose["volumes"] for name in volumes if not name.startswith("."))
        assert set(service.get("depends_on", {})) <= set(compose["services"])
    asked = set(re.findall(r"\$\{(\w+):\?\}", (DEPLOY / "compose/compose.yaml").read_text()))
    assert asked == {"DATABASE_PASSWORD", "BUS_PASSWORD"}, "what the file's head says how to make"


@pytest.fixture
def unit(tmp_path):
    """The unit as it is, except for where the program is."""
    text = (DEPLOY / "systemd/nightdesk.service").read_text()
    assert "/usr/local/bin/nightdesk serve" in text
    changed = tmp_path / "nightdesk.service"
    changed.write_text(text.replace("/usr/local/bin/nightdesk", str(BINARY)))
    return changed


def systemd_analyze(*arguments):
    return subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True)


def test_systemd_understands_the_unit(unit):
    told = systemd_analyze("verify", "--man=no", "--recursive-errors=no", unit)
    assert (told.returncode, told.stderr, told.stdout) == (0, "", "")


def test_systemd_finds_little_that_the_unit_exposes(unit):
    """2.0 of 10 and less; a service without any of it has 9.6."""
    told = systemd_analyze("security", "--offline=true", "--threshold=20", unit)
    assert told.returncode == 0, told.stdout[-300:]


def test_the_unit_waits_for_the_longest_drain_of_the_examples():
    [patience] = re.findall(r"^TimeoutStopSec=(\d+)$", (DEPLOY / "systemd/nightdesk.service").read_text(), re.M)
    drains = [json.loads(path.read_text()).get("drain", 0) for path in SETTINGS]
    assert int(patience) > max(drains) + AFTERWARDS


def test_the_image_has_the_libraries_that_the_program_needs():
    """Every library beside Swift's own belongs to one of the packages that the image installs, or to what those bring along."""
    text = (DEPLOY / "container/Containerfile").read_text()
    packages = re.findall(r"[a-z0-9.+-]+", text.split("--no-install-recommends \\\n")[1].split("&&")[0])
    told = subprocess.run(["ldd", BINARY], capture_output=True, text=True, check=True).stdout
    # What the program itself names: the rest comes with those packages.
    wanted = re.findall(r"NEEDED.*\[(.*)\]", subprocess.run(["readelf", "--dynamic", BINARY], capture_output=True, text=True).stdout)
    paths = {line.split()[0]: line.split()[2] for line in told.splitlines() if "=>" in line}
    foreign = {name for name in wanted if name in paths and "/swift/" not in paths[name]}
    owners = subprocess.run(["dpkg", "--search", *sorted(foreign)], capture_output=True, text=True).stdout
    for name in foreign - {"libc.so.6", "libm.so.6", "libgcc_s.so.1"}:
        of = {line.split(":")[0] for line in owners.splitlines() if line.endswith("/" + name)}
        assert of & set(packages), f"{name} is in {of}, which the image does not install"
