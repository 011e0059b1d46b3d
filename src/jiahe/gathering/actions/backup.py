"""Back up a whole installation while it works: databases, lake, quarantine, attachments, keys.

The databases are copied as they were at one moment, and that moment rules the rest: of the lake the newest version
whose batches that ledger knows, of the quarantine the batches it calls done. Loads that run meanwhile are left out,
wholly, and nobody waits for anybody.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection, transaction

from jiahe.audit import anchor
from jiahe.audit.journal import write
from jiahe.catalogue import Category, load
from jiahe.gathering import quarantine
from jiahe.gathering.actions.purge import STEP
from jiahe.gathering.backups import database
from jiahe.gathering.backups.errors import PlaceNotEmpty
from jiahe.gathering.backups.manifest import Manifest
from jiahe.kit import clock, parameters
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring
from jiahe.kit.home import ATTACHMENTS, folder
from jiahe.lake.tables import APPLICATION, LakeTable

NAMED = "%Y%m%d-%H%M%S"
ANCHOR = "audit/head.jsonl"
PROOF = "jiahe backup"  # its keyed digest tells whether two sets of keys are the same


def backup(*, actor: Actor, place: Path, keys: Path | None = None) -> Manifest:
    """Make a backup in a new or empty folder; `keys` puts the data keys apart from it."""
    for path in (place, *([keys] if keys else [])):
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise PlaceNotEmpty(place=path)
        path.mkdir(parents=True, exist_ok=True)
    digest = keyring().digest(PROOF)
    manifest = Manifest(clock.now().isoformat(), connection.vendor, database.migrations(), digest)
    # Before the books: they may be ahead of the anchor, never the anchor of them.
    if anchor.path().exists():
        manifest.copy(anchor.path(), place, ANCHOR)
    moment = database.dump(manifest, place)
    for category in load().categories.values():
        _copy_table(manifest, place, category, moment)
    for batch in moment.quarantined:
        for path in sorted(quarantine.place(batch).glob("*")):
            manifest.copy(path, place, f"quarantine/{path.parent.name}/{path.name}")
    _copy_attachments(manifest, place)
    _copy_keys(manifest, place, keys)
    manifest.write(place)
    with transaction.atomic():
        facts = {"files": len(manifest.files), "bytes": manifest.size, "keys_apart": keys is not None}
        write(actor=actor, action="gathering.backup", subject=f"backup:{place.name[:60]}", facts=facts)
    return manifest


def _copy_table(manifest: Manifest, place: Path, category: Category, moment: database.Moment) -> None:
    """The table's files and its log, up to the newest version that the dumped ledger knows."""
    table = LakeTable(category)
    known = {APPLICATION: moment.done.get(category.code, 0), STEP: moment.purged.get(category.code, 0)}
    version, files = table.state_at(known)
    if version < 0:
        return
    manifest.lake[category.code] = version
    for file in files:
        manifest.copy(file.path, place, f"lake/{category.code}/{file.path.name}")
    for path in table.log(version):
        manifest.copy(path, place, f"lake/{category.code}/{path.parent.name}/{path.name}")


def _copy_attachments(manifest: Manifest, place: Path) -> None:
    """Every file that the dumped rows may name; after a restore the sweep removes what came later than they did."""
    for path in sorted(folder(ATTACHMENTS).glob("*/*")):
        with suppress(FileNotFoundError):  # its time was over meanwhile
            manifest.copy(path, place, f"{ATTACHMENTS}/{path.parent.name}/{path.name}")


def _copy_keys(manifest: Manifest, place: Path, keys: Path | None) -> None:
    for path in sorted(folder("keys").iterdir()):
        if keys is None:
            manifest.copy(path, place, f"keys/{path.name}")
            (place / "keys" / path.name).chmod(0o600)
        else:
            shutil.copyfile(path, keys / path.name)
            (keys / path.name).chmod(0o600)


def back_up_by_schedule(root: Path) -> Path:
    """A backup named after its time, and none left that is older than backups may be kept."""
    now = clock.now()
    made = root / now.strftime(NAMED)
    backup(actor=Actor.system(), place=made)
    oldest = now - timedelta(days=parameters.value("backup_retention_days", on=now.date()))
    for path in root.iterdir():
        if _made_at(path) < oldest:
            shutil.rmtree(path)
    return made


def _made_at(path: Path) -> datetime:
    """When a scheduled backup was made; what has another name is not ours to remove."""
    try:
        return datetime.strptime(path.name, NAMED).replace(tzinfo=clock.ZONE)
    except ValueError:
        return clock.now()
