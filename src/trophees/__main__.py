"""`python -m trophees`."""

from trophees.cli import main

main(prog_name="trophees")
