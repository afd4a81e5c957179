"""What each stage does: a module per stage with a function `run`; `atlas.stufen` declares them."""
