"""What an enterprise does, as a number: features, the score card, its life, the score with its reasons and rank."""
