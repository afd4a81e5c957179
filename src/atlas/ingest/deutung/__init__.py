"""What the rows and columns of a table mean: Raum, year, Merkmal, group, number or typed gap."""
