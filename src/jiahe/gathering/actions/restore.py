"""Put a backup into an installation that has nothing yet, and bring it up to the code."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from django.db import connection, transaction

from jiahe.audit import anchor
from jiahe.audit.journal import write
from jiahe.catalogue import load
from jiahe.creditfile import projection
from jiahe.gathering.actions.backup import ANCHOR, PROOF
from jiahe.gathering.actions.gather import recover
from jiahe.gathering.backups import database
from jiahe.gathering.backups.errors import HomeNotEmpty, OtherDatabase, WrongKeys
from jiahe.gathering.backups.manifest import Manifest, read
from jiahe.gathering.models import Purge
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring, keyring_in
from jiahe.kit.home import ATTACHMENTS, folder, home, lake_root
from jiahe.kit.preparation import prepare
from jiahe.lake.tables import LakeTable

OWN = {"locks", "tmp", "keys", "lake"}  # what any command makes in an empty data folder


def restore(*, actor: Actor, place: Path, keys: Path | None = None) -> Manifest:
    """Restore a whole backup; raises, before anything is changed, where it or this installation is not fit for it."""
    manifest = read(place)
    if manifest.database != connection.vendor:
        raise OtherDatabase(there=manifest.database, here=connection.vendor)
    _assert_empty()
    database.assert_loadable(manifest)
    _restore_keys(manifest, keys or place / "keys")
    for name in manifest.files:
        part, _, rest = name.partition("/")
        if part in ("lake", "quarantine", ATTACHMENTS):
            target = (lake_root() if part == "lake" else folder(part)) / rest
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(place / name, target)
    _restore_anchor(manifest, place)
    database.load(manifest, place)
    prepare()
    for category in load().categories.values():
        table = LakeTable(category)
        with table.writing():
            recover(category)
    _rebuild_purged(manifest)
    with transaction.atomic():
        facts = {"made_at": manifest.made_at, "files": len(manifest.files)}
        write(actor=actor, action="gathering.restore", subject=f"backup:{place.name[:60]}", facts=facts)
    return manifest


def _restore_anchor(manifest: Manifest, place: Path) -> None:
    """Where there is none yet: one outside the data folder knows more than the backup, and is left as it is."""
    target = anchor.path()
    if ANCHOR in manifest.files and not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(place / ANCHOR, target)
        target.chmod(0o600)


def _rebuild_purged(manifest: Manifest) -> None:
    """SQLite's documents were copied before the ledger: what a purge removed in between is in them still."""
    purged = Purge.objects.filter(finished_at__gte=manifest.made_at).values_list("category", flat=True)
    for code in sorted(set(purged)):
        projection.rebuild(load().categories[code])


def _assert_empty() -> None:
    for path in home().iterdir():
        if path.name not in OWN:
            raise HomeNotEmpty(place=path)
    root = lake_root()
    for path in ((folder("keys") / "data"), *(root.iterdir() if root.exists() else [])):
        if path.exists():
            raise HomeNotEmpty(place=path)


def _restore_keys(manifest: Manifest, source: Path) -> None:
    """The keys of the environment come first; others must be those that sealed what the backup holds."""
    configured = bool(os.environ.get("JIAHE_KEYS"))
    if not configured and not (source / "data").is_file():
        raise WrongKeys
    if (keyring() if configured else keyring_in(source / "data")).digest(PROOF) != manifest.keys_digest:
        raise WrongKeys
    for name in ("data", "secret"):
        if (source / name).is_file() and not (name == "data" and configured):
            shutil.copyfile(source / name, folder("keys") / name)
            (folder("keys") / name).chmod(0o600)
