"""Makes a score card from a labelled table. Needs the extra `training`; nothing that scores imports from here."""
