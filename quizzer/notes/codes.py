"""What a piece of code is: a flag, a command, or a value; and which command a line belongs to."""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

PROGRAMS: Final = frozenset(
    """
    7z adduser alias ansible ansible-playbook apk apropos apt apt-cache apt-get at awk aws az base64
    basename bash bat bc bg brew bunzip2 bzip2 cal cargo cat cd chgrp chmod chown cksum clear cmp code
    column comm compgen composer cp crontab curl cut date dd deno df diff dig dirname dmesg dnf docker
    docker-compose dpkg du echo emacs env exit export expr fc fd fdisk fg file find firewall-cmd free
    ftp fzf gcc gcloud gdb gem getent gh git go gpasswd gpg grep groupadd groupdel groupmod groups
    gunzip gzip head helm helmfile history host hostname hostnamectl htop iconv id ifconfig info init
    install ip iptables iostat java jobs join journalctl jq k9s kill killall kubectl kubectx kubens last
    ldd less ln locate login logger logname ls lsblk lscpu lsof lspci lsusb make man md5sum minikube
    mkdir mkfifo mkfs more mount mv mysql nano nc ncdu netstat nginx nice nl nmap nmcli node nohup npm
    npx nproc nslookup nvim od openssl pacman parted passwd paste patch pgrep php pidof ping pip pip3
    pipx pkill plocate pnpm podman poetry printenv printf ps psql pv pwd pytest python python3 read
    readlink realpath reboot redis-cli reset rev rg rm rmdir rpm rsync ruby ruff rustup scp screen sed
    seq service set sftp sha256sum shred shutdown sleep snap sort source split sqlite3 ss ssh ssh-add
    ssh-copy-id ssh-keygen stat strace stty su sudo svn sync sysctl systemctl tac tail tar tcpdump tee
    telnet terraform test time timedatectl timeout tldr tmux top touch tr traceroute tree trap true
    truncate tty type ufw ulimit umask umount unalias uname uniq unlink unset unxz unzip uptime useradd
    userdel usermod uv vagrant vault vi vim vmstat w wait watch wc wget whatis whereis which who whoami
    xargs xz yarn yes yum zcat zip zsh zypper
    """.split()
)
"""Names that make a lone word a command. A short list of common ones: a word with arguments needs no list."""

_DEPTH: Final[Mapping[str, int]] = MappingProxyType(
    dict.fromkeys(("journalctl", "service"), 0)
    | dict.fromkeys(
        """
        apt apt-get brew cargo conda dnf docker docker-compose git go helm ip kubectl npm pip pip3 podman
        poetry snap systemctl terraform tmux uv vagrant yum
        """.split(),
        1,
    )
    | dict.fromkeys(("aws", "az", "gcloud", "gh"), 2)
)
"""How many words after the program name its subcommand."""
_GROUPS: Final = frozenset(
    """
    buildx builder checkpoint compose config container context image manifest network node plugin secret
    service stack swarm system volume
    """.split()
)
"""First words of docker and podman that a second one must follow."""

_BEFORE: Final = re.compile(r"^(?:[$❯%]\s+|sudo\s+(?:-\S+\s+)*|man\s+|[A-Za-z_]\w*=\S*\s+)*")
_PLAIN: Final = re.compile(r"^[a-z][\w-]*$")
_NAME: Final = re.compile(r"^[a-z][a-z0-9_+-]*$")
_FLAG: Final = re.compile(r"^\[?--?[A-Za-z0-9?#@]")
_KEYS: Final = re.compile(
    r"^(?:(?:<(?:[CMASD]-[^<>\s]{1,8}|cr|esc|tab|space|enter|return|bs|del|up|down|left|right|home|end|pageup|pagedown"
    r"|leader|prefix|f\d{1,2})>\S*)+|\^\S|[CMAS]-\S|:[a-z]{1,4}!?)$|^(?:Ctrl|Alt|Shift|Cmd|Esc)\b",
    re.IGNORECASE,
)
_KEYED: Final = re.compile(
    r"\b(?:vim?|neovim|nvim|tmux|less|screen|nano|emacs|readline|keys?|shortcuts?|bindings?)\b", re.IGNORECASE
)


SHELLS: Final = frozenset(
    """
    sh bash shell zsh fish console shell-session terminal text txt plaintext bat cmd powershell ps1
    """.split()
) | {""}
"""What a block of code says that it holds, where it may hold commands."""


class Kind(StrEnum):
    """What a code span says."""

    FLAG = "flag"
    COMMAND = "command"
    KEYS = "keys"
    VALUE = "value"


def kind_of(code: str, programs: frozenset[str] = PROGRAMS) -> Kind:
    """What the span is, given the names that count as programs (the common ones and the note's own)."""
    if _FLAG.match(code):
        return Kind.FLAG
    if _KEYS.match(code):
        return Kind.KEYS
    words = _BEFORE.sub("", code).split()
    if words and (
        words[0] in programs or (len(words) > 1 and _PLAIN.match(words[0]) and not code.endswith((".", ":")))
    ):
        return Kind.COMMAND
    if words and code.startswith(("sudo ", "$ ", "./", "~/")):
        return Kind.COMMAND
    return Kind.VALUE


def is_name(code: str) -> bool:
    """Whether a value could be the name of a program that we do not know; no path, number or address is."""
    return bool(_NAME.match(code)) or len(code.split()) > 1


def is_keyed(text: str) -> bool:
    """Whether a heading or a note's name announces key strokes."""
    return bool(_KEYED.search(text))


def program_of(code: str) -> str:
    """The first word that is a program, prompt signs, sudo and assignments seen through."""
    words = _BEFORE.sub("", code).split()
    return words[0] if words else ""


def is_usage(code: str) -> bool:
    """Whether it shows what may be typed rather than something to type: `docker run [OPTIONS] IMAGE`."""
    return "[OPTION" in code.upper() or bool(re.search(r"\[[A-Z][A-Z_]*(\.\.\.)?\]|\b[A-Z]{3,}\.\.\.", code))


def command_in(code: str) -> str:
    """The words that name the command, without its flags and operands: `docker run`, `aws s3 cp`, `tar`."""
    words = _BEFORE.sub("", code).split()
    if not words:
        return ""
    depth = _DEPTH.get(words[0], 0 if words[0] in PROGRAMS else _guessed_depth(words))
    if words[0] in ("docker", "podman") and len(words) > 1 and words[1] in _GROUPS:
        depth = 2
    named = [words[0]]
    for word in words[1 : depth + 1]:
        if not _PLAIN.match(word):
            break
        named.append(word)
    return " ".join(named)


def _guessed_depth(words: list[str]) -> int:
    """Of a program that we do not know: plain words up to its first flag, where a flag follows."""
    for at, word in enumerate(words[1:3], start=1):
        if word.startswith("-"):
            return at - 1
        if not _PLAIN.match(word):
            return 0
    return 2 if len(words) > 3 and words[3].startswith("-") else 0
