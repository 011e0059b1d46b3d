"""What the platform makes of records is as closed as the strictest of them."""

from __future__ import annotations

import pytest

from jiahe.catalogue import Authorisation, Section, load
from jiahe.consent.terms import SubjectKind, authorisations_of
from jiahe.scoring.features import own

CLASSES = list(Authorisation)


@pytest.mark.parametrize("kind", SubjectKind)
def test_the_score_is_of_the_strictest_class_that_a_feature_rests_on(kind: SubjectKind) -> None:
    """Records of a category's own class R are used by no feature; that of a natural person's category is."""
    known = load()
    used = [known.categories[code] for feature in own().values() for code in feature.categories]
    declared = [c for c in used if not c.record_classes]
    classes = {one for c in declared for one in authorisations_of(c, kind)}
    score = authorisations_of(known.readable["9001"], kind)
    assert score == {max(classes, key=CLASSES.index)}


def test_it_stands_beside_the_departments_categories_and_is_none_of_them() -> None:
    known = load()
    assert len(known.categories) == 104
    assert [c.code for c in known.derived] == ["9001"]
    assert {c.section for c in known.derived} == {Section.DERIVED}
    assert set(known.readable) - set(known.categories) == {"9001"}
