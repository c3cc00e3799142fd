"""Work that runs by itself: periodic jobs as rows in the same database, each run by one worker at a time."""
