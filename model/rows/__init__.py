"""Which rows a view shows and in what order: filters, lanes, sorting. `model.query` puts them together."""
