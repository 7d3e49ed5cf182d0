"""What comes back to a learner, as cards: one family, whatever it says.

`card` says what a card is made of; `compose` makes one of a verdict, a hint, a solution; `html` and
`text` draw it; `show` puts it where it is read. `arrays`, `code` and `own_code` help `compose`.
"""
