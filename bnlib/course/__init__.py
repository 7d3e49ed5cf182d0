"""The commands of the course's repository: `python -m bnlib.course --help` lists them."""
