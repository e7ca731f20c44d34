// Every test here starts processes of its own and measures time: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
