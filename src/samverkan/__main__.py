"""`python -m samverkan` does what the command `samverkan` does."""

from samverkan.cli import run

if __name__ == "__main__":
    run()
