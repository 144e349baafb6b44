"""The page of the peers: what ``make bench`` measured, as it is stored."""
