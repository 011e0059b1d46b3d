from jiahe.scoring.models.card_version import CardState, CardVersion
from jiahe.scoring.models.monitoring import Monitoring
from jiahe.scoring.models.outcome import Default, Outcome
from jiahe.scoring.models.review import ReviewState, ScoreReview
from jiahe.scoring.models.run import Reach, Run, RunState
from jiahe.scoring.models.score import IncomingScore, Score, ScoreChange, Told, Unscored
from jiahe.scoring.models.trial import Trial

__all__ = [
    "CardState",
    "CardVersion",
    "Default",
    "IncomingScore",
    "Monitoring",
    "Outcome",
    "Reach",
    "ReviewState",
    "Run",
    "RunState",
    "Score",
    "ScoreChange",
    "ScoreReview",
    "Told",
    "Trial",
    "Unscored",
]
