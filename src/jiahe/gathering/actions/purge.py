"""Carry out retention: remove from lake, documents, registry and quarantine what may be kept no more.

In the lake it is exactly once: the proof is written first, documents and registry follow, and one entry in the
table's log removes the records and names the proof. A run killed before that entry is begun anew by the next
one; a run killed after it is closed from there. The old files leave the disk when nobody can be reading them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb
from django.db import transaction

from jiahe.audit.journal import write
from jiahe.catalogue import Category, Retention
from jiahe.creditfile import projection, retention
from jiahe.gathering import expiry
from jiahe.gathering.actions.gather import recover
from jiahe.gathering.expiry import Rule
from jiahe.gathering.models import Purge, PurgePlace, PurgeState
from jiahe.kit import clock, parameters
from jiahe.kit.actor import Actor
from jiahe.lake.compaction import vacuum
from jiahe.lake.engines import duckdb as engine
from jiahe.lake.rewriting import rewrite
from jiahe.lake.tables import LakeTable, TableFile
from jiahe.lake.versions import versions

STEP = "jiahe.purge"


@dataclass(frozen=True)
class _Touched:
    """A lake file that holds versions of ended records, and how many."""

    file: TableFile
    versions: int


def purge(*, actor: Actor, category: Category) -> list[Purge]:
    """Remove what retention has ended today and give the proofs; again gives none."""
    table = LakeTable(category)
    with table.writing():
        recover(category)
        resume(category)
        proofs = [_from_lake(actor, table), *_from_quarantine(actor, category)]
    vacuum(category)
    confirm(category)
    return [Purge.objects.get(pk=p.pk) for p in proofs if p]


def resume(category: Category) -> None:
    """Close what a killed run left; the caller is the table's writer."""
    for proof in Purge.objects.filter(category=category.code, state=PurgeState.RUNNING):
        if proof.place == PurgePlace.QUARANTINE:
            expiry.erase(category, proof.files, Rule(proof.rule, proof.limit), proof.ended_before)
            _close(proof)
        elif LakeTable(category).has(STEP, proof.pk):
            _close(proof, to_version=LakeTable(category).version())
        else:
            proof.state = PurgeState.ABANDONED
            proof.save()


def confirm(category: Category) -> None:
    """Note in the proofs that the old files are on the disk no more."""
    folder = LakeTable(category).path
    waiting = Purge.objects.filter(category=category.code, state=PurgeState.DONE, erased_at=None)
    for proof in waiting:
        if proof.place == PurgePlace.QUARANTINE or not any((folder / name).exists() for name in proof.files):
            proof.erased_at = clock.now()
            proof.save()


def _rule(category: Category, day: date) -> Rule:
    which = "negative" if category.retention is Retention.NEGATIVE else "subject"
    name = f"{which}_retention_years"
    return Rule(name, parameters.value(name, on=day))


def _from_lake(actor: Actor, table: LakeTable) -> Purge | None:
    category, day, files = table.category, clock.today(), table.files()
    if not files:
        return None
    with engine.session() as session, projection.writing(category):
        ended = retention.find(session, category, files, day)
        if not ended.records:
            return None
        touched = [t for f in files if (t := _touched(session, category, f)).versions]
        rule = _rule(category, day)
        proof = _open(
            actor,
            category,
            PurgePlace.LAKE,
            rule,
            records=ended.records,
            versions=sum(t.versions for t in touched),
            keys_digest=ended.digest,
            files=[t.file.path.name for t in touched],
            from_version=table.version(),
        )
        projection.leave_out_ended(session, category, files)
        retention.forget(session, category)
        _replace(session, table, [t.file for t in touched], proof)
    _close(proof, to_version=table.version())
    return proof


def _touched(session: duckdb.DuckDBPyConnection, category: Category, file: TableFile) -> _Touched:
    keys = retention.keys_of(category)
    sql = f"SELECT count(*) FROM {versions(category, [file.path])} SEMI JOIN {retention.ENDED} USING ({keys})"
    return _Touched(file, int(session.execute(sql).fetchall()[0][0]))


def _replace(session: duckdb.DuckDBPyConnection, table: LakeTable, files: list[TableFile], proof: Purge) -> None:
    without = retention.without_ended(table.category)
    new = [rewrite(session, table, [f], without=without) for f in files]
    table.replace(removed=files, files=[n for n in new if n], step=(STEP, proof.pk))


def _from_quarantine(actor: Actor, category: Category) -> list[Purge]:
    """One proof for each rule: refused records whose own retention ended, and those kept for too long."""
    day = clock.today()
    kept = Rule("quarantine_retention_days", parameters.value("quarantine_retention_days", on=day))
    proofs = []
    for rule in (_rule(category, day), kept):
        found = expiry.find(category, rule, day)
        if found.batches:
            facts = {"records": found.records, "versions": found.records, "keys_digest": found.digest}
            proof = _open(actor, category, PurgePlace.QUARANTINE, rule, files=found.batches, **facts)
            expiry.erase(category, found.batches, rule, day)
            _close(proof)
            proofs.append(proof)
    return proofs


@transaction.atomic
def _open(actor: Actor, category: Category, place: PurgePlace, rule: Rule, **facts: object) -> Purge:
    proof = Purge.objects.create(
        category=category.code,
        place=place,
        rule=rule.name,
        limit=rule.limit,
        ended_before=clock.today(),
        actor_login=actor.login,
        started_at=clock.now(),
        **facts,
    )
    said = {"category": category.code, "place": place, "rule": rule.name, "records": facts["records"]}
    write(actor=actor, action="gathering.purge", subject=f"purge:{proof.pk}", facts=said)
    return proof


def _close(proof: Purge, *, to_version: int | None = None) -> None:
    proof.state = PurgeState.DONE
    proof.to_version = to_version
    proof.finished_at = clock.now()
    proof.save()
