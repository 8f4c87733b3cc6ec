"""The live layer: the catalogue of events, the transaction that numbers them, the relay that is the only emitter."""
