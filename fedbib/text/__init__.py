"""How bibliographies write things: LaTeX, names, capitals, markup."""
