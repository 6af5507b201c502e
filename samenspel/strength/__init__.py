"""Is the sociale basis strong here: what every door shows of a wijk, put together from all contexts."""
