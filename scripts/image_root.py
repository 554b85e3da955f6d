"""A root directory in which the instructions of a stage are carried out."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from scripts.build_context import Context
from scripts.dockerfile import Instruction, Stage, filled_in

SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
CERTIFICATES = "/run/build-certificates.crt"
# How tools are told where this machine's certificates are; seen by RUN alone.
CERTIFICATE_NAMES = ("SSL_CERT_FILE", "PIP_CERT", "NODE_EXTRA_CA_CERTS")
# In a mount namespace of its own, so that nothing stays mounted whatever happens.
IN_ROOT = r"""
set -eu
root=$1; certificates=$2; inside=$3; shift 3
mount -t proc proc "$root/proc"
mount --bind /etc/resolv.conf "$root/etc/resolv.conf"
[ -z "$certificates" ] || mount --bind "$certificates" "$root$inside"
exec chroot "$root" env -i "$@"
"""


class Root:
    """The file system of a stage while it is built, with what ENV and WORKDIR set."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = {"PATH": SYSTEM_PATH}
        self.arguments: dict[str, str] = {}
        self.workdir = "/"
        self.user = ""

    def take(self, base: Path) -> None:
        """Start as a copy of another root."""
        subprocess.run(["cp", "-a", f"{base}/.", self.folder], check=True)

    def inside(self, path: str) -> Path:
        """Where a path of the root lies on this machine."""
        return self.folder / str(PurePosixPath(self.workdir, path)).lstrip("/")

    def carry_out(
        self, stage: Stage, context: Context, others: Mapping[str, "Root"]
    ) -> None:
        """Every instruction of the stage that changes the root, in order."""
        for one in stage.instructions:
            match one.word:
                case "RUN":
                    self._run(one)
                case "COPY":
                    self._copy(one, context, others)
                case "ENV":
                    self.env |= {
                        k: filled_in(v, self.env) for k, v in one.pairs.items()
                    }
                case "ARG":
                    self.arguments |= one.pairs
                case "WORKDIR":
                    self.workdir = str(PurePosixPath(self.workdir, one.text))
                    self.inside("").mkdir(parents=True, exist_ok=True)
                case "USER":
                    self.user = one.text

    def _run(self, one: Instruction) -> None:
        certificates = os.environ.get("SSL_CERT_FILE", "")
        mounted = self.folder / CERTIFICATES.lstrip("/")
        resolver = self.folder / "etc/resolv.conf"
        resolver.touch()
        known = {}
        if certificates:
            mounted.touch()
            known = dict.fromkeys(CERTIFICATE_NAMES, CERTIFICATES)
        variables = {
            "HOME": "/root",
            "DEBIAN_FRONTEND": "noninteractive",
            **known,
            **self.env,
        }
        words = [f"--chdir={self.workdir}", *(f"{k}={v}" for k, v in variables.items())]
        contained = ["unshare", "--mount", "sh", "-c", IN_ROOT, "sh"]
        given = [str(self.folder), certificates, CERTIFICATES, *words, *one.argv]
        subprocess.run([*contained, *given], check=True)
        mounted.unlink(missing_ok=True)

    def _copy(
        self, one: Instruction, context: Context, others: Mapping[str, "Root"]
    ) -> None:
        *sources, target = (filled_in(w, self.arguments) for w in one.words)
        for source in sources:
            to = self.inside(target)
            if "from" in one.flags:
                made = others[one.flags["from"]].folder / source.lstrip("/")
                shutil.copytree(made, to, symlinks=True, dirs_exist_ok=True)
                continue
            is_file = (context.folder / source).is_file()
            if is_file and (target.endswith("/") or to.is_dir()):
                to /= Path(source).name
            context.copy(source, to)

    def size_mb(self, under: str = "") -> float:
        """What it holds, in megabytes on the disk."""
        asked = ["du", "--summarize", "--block-size=1000", str(self.folder / under)]
        text = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
        return int(text.split()[0]) / 1_000
