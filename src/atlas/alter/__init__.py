"""Ages: how groups of them are named, who has reached the Regelaltersgrenze, how a band is put together."""
