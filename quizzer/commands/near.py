"""Programs that can often do the same work."""

from typing import Final

NEAR: Final = tuple(
    frozenset(group.split())
    for group in (
        "head tail sed awk gawk cut tr grep egrep fgrep rg ag ack cat bat tac nl less more wc sort uniq tee "
        "perl python python3 jq column",
        "ls dir vdir find fd locate tree stat file exa eza echo printf du",
        "find grep rg xargs rm chmod",
        "vi vim nvim nano emacs ed",
        "rm unlink rmdir find",
        "cp rsync scp sftp install mv dd tar",
        "mv rename git",
        "touch truncate",
        "apt apt-get aptitude dpkg dnf yum",
        "systemctl service rc-service",
        "ip ifconfig route ss netstat hostname",
        "ping traceroute tracepath mtr dig host nslookup getent",
        "curl wget http",
        "useradd adduser newusers",
        "usermod gpasswd adduser addgroup chfn chsh",
        "groupadd addgroup",
        "passwd chpasswd usermod",
        "userdel deluser",
        "docker podman nerdctl",
        "kill pkill killall",
        "ps top htop pgrep pidof",
        "du df ncdu lsblk",
        "which whereis type command whatis man info apropos",
        "su sudo login ssh",
        "tar zip gzip unzip gunzip bsdtar cpio 7z xz bzip2 zcat",
        "chmod chown chgrp setfacl install",
        "ln link cp",
        "id whoami groups who w",
    )
)
"""Programs that can often do the same work: between two of a line nothing is judged."""
