"""Named normalisers: two spellings of a value that a program takes for the same become one text.

Each is `str -> str`, leaves alone what it does not understand, and gives its own result back unchanged.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final


def normal(name: str, value: str) -> str:
    """The value as the named normaliser writes it; an unknown name changes nothing."""
    normalise = NORMALISERS.get(name)
    return normalise(value) if normalise else value


def size(value: str) -> str:
    """`512m`, `512M`, `0.5g`: bytes, by powers of 1024."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?) ?([bkmgtp])?(?:i?b)?", value.lower())
    if found is None:
        return value
    amount = float(found[1]) * 1024 ** "bkmgtp".index(found[2] or "b")
    return f"{int(amount)}"


def number(value: str) -> str:
    """`1.50` is `1.5`, `05` is `5`, `+5` is `5`."""
    found = re.fullmatch(r"(-?|\+?)0*(\d+)(?:\.(\d*?)0*)?", value)
    if found is None:
        return value
    fraction = f".{found[3]}" if found[3] else ""
    whole = f"{found[2]}{fraction}"
    return f"-{whole}" if found[1] == "-" and whole != "0" else whole


def duration(value: str) -> str:
    """`90s`, `1m30s`: in nanoseconds, as Go reads them."""
    if not re.fullmatch(r"(?:\d+(?:\.\d+)?(?:h|ms|m|s|us|µs|ns))+", value):
        return value
    units = {"h": 3600_000_000_000, "m": 60_000_000_000, "s": 1_000_000_000, "ms": 1_000_000, "us": 1000}
    parts = re.findall(r"(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)", value)
    return f"{round(sum(float(amount) * units.get(unit, 1) for amount, unit in parts))}ns"


def imageref(value: str) -> str:
    """`nginx`: `docker.io/library/nginx:latest`, as the engine reads it."""
    if not re.fullmatch(r"[a-z0-9][\w./:@-]*", value) or _ID.fullmatch(value):
        return value
    name, _, digest = value.partition("@")
    first, slash, _ = name.partition("/")
    if not slash or not ("." in first or ":" in first or first == "localhost"):
        name = f"docker.io/{name}" if slash else f"docker.io/library/{name}"
    name = re.sub(r"^index\.docker\.io/", "docker.io/", name)
    name = re.sub(r"^docker\.io/([^/]+)$", r"docker.io/library/\1", name)
    if digest:
        return f"{name}@{digest}"
    return name if ":" in name.rpartition("/")[2] else f"{name}:latest"


def ports(value: str) -> str:
    """`8080:80/tcp` is `8080:80`."""
    return value.removesuffix("/tcp")


def mount(value: str) -> str:
    """`type=bind,src=/a,dst=/b`: the keys in order, by one name each."""
    if '"' in value:
        return value
    pairs = [field.partition("=") for field in value.split(",")]
    fields = [f"{_MOUNT.get(key.lower(), key.lower())}{equals}{rest}" for key, equals, rest in pairs]
    return ",".join(sorted(field.removesuffix("=true") for field in fields))


def condition(value: str) -> str:
    """A filter: `status=exited`; blanks around it and the case of its key are no matter."""
    key, equals, rest = value.partition("=")
    return f"{key.strip().lower()}={rest.strip()}" if equals else value


def template(value: str) -> str:
    """`{{ .Name }}` is `{{.Name}}`."""
    return re.sub(r"\{\{\s*(.*?)\s*\}\}", r"{{\1}}", value)


def path(value: str) -> str:
    """`./a//b` is `a/b`."""
    shorter = re.sub(r"(?<=.)/{2,}", "/", value)
    shorter = re.sub(r"^(?:\./)+(?=[^/-])", "", re.sub(r"/(?:\./)+", "/", shorter))
    return "." if shorter in ("./", "") and value else shorter


def directory(value: str) -> str:
    """As `path`, and `src/` is `src`."""
    shorter = path(value)
    return shorter.rstrip("/") or "/" if shorter else shorter


def folder(value: str) -> str:
    """`src/` is `src` and `./` is `.`; `./src` stays, for a program that shows or keeps names as given."""
    shorter = re.sub(r"(?<=.)/{2,}", "/", value)
    return shorter.rstrip("/") or "/" if shorter else shorter


def unit(value: str) -> str:
    """`nginx` is `nginx.service`; a unit file keeps its own suffix."""
    return value if _UNIT.search(value) or not value or value.startswith("-") else f"{value}.service"


def signal(value: str) -> str:
    """`SIGHUP`, `hup`, `1`: `HUP`."""
    name = value.upper().removeprefix("SIG")
    return _SIGNALS.get(name, name)


def mode(value: str) -> str:
    """`0755` is `755`, `+x` is `a+x`, `u=rwx,go=rx` is `755`."""
    if re.fullmatch(r"0?[0-7]{3}", value):
        return value[-3:]
    clauses = [
        _WHOM.sub(lambda found: "a" if set("ugo") <= set(found[0]) else found[0], c) for c in value.split(",")
    ]
    clauses = [
        f"a{clause}" if clause[:1] in ("+", "=", "-") and len(clause) > 1 else clause for clause in clauses
    ]
    return _octal(clauses) or ",".join(_ordered(clause) for clause in clauses)


def revision(value: str) -> str:
    """`HEAD^`, `HEAD~`, `@~1`: `HEAD~1`."""
    value = re.sub(r"^@(?![{])", "HEAD", value)
    tail = re.search(r"(?:\^1?|~1?)+$", value)
    if tail is None:
        return value
    steps = len(re.findall(r"[\^~]", tail[0]))
    return f"{value[: tail.start()]}~{steps}"


def members(value: str) -> str:
    """`b,a` is `a,b`: a list in which order is no matter."""
    return ",".join(sorted(value.split(",")))


def lower(value: str) -> str:
    return value.lower()


def address(value: str) -> str:
    """`https://host/` is `https://host`."""
    return value.rstrip("/")


def resource(value: str) -> str:
    """`po`, `pod`, `Pod`: `pods`; in `po/web,svc`, every kind."""
    return ",".join(_kind(each) for each in value.split(","))


def pod(value: str) -> str:
    """`pod/web` is `web`, for what is about a pod unless told otherwise."""
    return resource(value).removeprefix("pods/") if "/" in value else value


def bucket(value: str) -> str:
    """`s3://logs/` is `logs`, where nothing but a bucket can be meant."""
    return re.sub(r"^(?:s3://)?([a-z0-9][a-z0-9.-]*)/?$", r"\1", value)


def s3path(value: str) -> str:
    """A file as `path`; a key is left alone, since every slash of it counts."""
    return value if value.startswith("s3://") else path(value)


def _kind(value: str) -> str:
    kind = re.match(r"[A-Za-z]+", value)
    rest = value[kind.end() :] if kind else ""
    known = _RESOURCES.get(kind[0].lower()) if kind and (not rest or rest[0] in "/.") else None
    return f"{known}{rest}" if known else value


def _octal(clauses: list[str]) -> str:
    """`u=rwx,go=rx` as digits, where every one of u, g and o is set once."""
    digits: dict[str, int] = {}
    for clause in clauses:
        found = re.fullmatch(r"([augo]+)=([rwx]*)", clause)
        if found is None:
            return ""
        amount = sum({"r": 4, "w": 2, "x": 1}[letter] for letter in set(found[2]))
        for whom in "ugo" if "a" in found[1] else found[1]:
            if whom in digits:
                return ""
            digits[whom] = amount
    return "".join(str(digits[whom]) for whom in "ugo") if len(digits) == len("ugo") else ""


def _ordered(clause: str) -> str:
    """`gu+wr` is `gu+rw`, letters in order."""
    found = re.fullmatch(r"([augo]*)([+=-])([rwxXst]*)", clause)
    return f"{''.join(sorted(set(found[1])))}{found[2]}{''.join(sorted(set(found[3])))}" if found else clause


_ID: Final = re.compile(r"[0-9a-f]{12}|[0-9a-f]{64}|sha256:[0-9a-f]+")
_MOUNT: Final = {"src": "source", "dst": "target", "destination": "target", "ro": "readonly"}
_UNIT: Final = re.compile(
    r"\.(?:service|socket|target|timer|mount|automount|device|swap|path|slice|scope|snapshot)$|[*?\[/]"
)
_SIGNALS: Final = dict(
    pair.split("=")
    for pair in "1=HUP 2=INT 3=QUIT 6=ABRT 9=KILL 10=USR1 12=USR2 15=TERM 18=CONT 19=STOP 28=WINCH".split()
)
_WHOM: Final = re.compile(r"^[augo]+")
_RESOURCES: Final = {
    name: line.split()[0]
    for line in (
        "configmaps configmap cm",
        "cronjobs cronjob cj",
        "customresourcedefinitions customresourcedefinition crd crds",
        "daemonsets daemonset ds",
        "deployments deployment deploy",
        "endpoints ep",
        "events event ev",
        "horizontalpodautoscalers horizontalpodautoscaler hpa",
        "ingresses ingress ing",
        "jobs job",
        "limitranges limitrange limits",
        "namespaces namespace ns",
        "networkpolicies networkpolicy netpol",
        "nodes node no",
        "persistentvolumeclaims persistentvolumeclaim pvc",
        "persistentvolumes persistentvolume pv",
        "poddisruptionbudgets poddisruptionbudget pdb",
        "pods pod po",
        "priorityclasses priorityclass pc",
        "replicasets replicaset rs",
        "replicationcontrollers replicationcontroller rc",
        "resourcequotas resourcequota quota",
        "rolebindings rolebinding",
        "roles role",
        "secrets secret",
        "serviceaccounts serviceaccount sa",
        "services service svc",
        "statefulsets statefulset sts",
        "storageclasses storageclass sc",
    )
    for name in line.split()
}
"""The kinds that every cluster has, by their names in the plural, the singular and short."""
NORMALISERS: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {
        "address": address,
        "bucket": bucket,
        "directory": directory,
        "duration": duration,
        "filter": condition,
        "folder": folder,
        "imageref": imageref,
        "lower": lower,
        "mode": mode,
        "mount": mount,
        "number": number,
        "path": path,
        "pod": pod,
        "ports": ports,
        "resource": resource,
        "revision": revision,
        "s3path": s3path,
        "set": members,
        "signal": signal,
        "size": size,
        "template": template,
        "unit": unit,
    }
)
