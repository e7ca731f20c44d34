// Every test here starts processes of its own, and mostly waits for them.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
