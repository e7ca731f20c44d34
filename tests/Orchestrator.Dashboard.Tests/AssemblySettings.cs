global using static Microsoft.Playwright.Assertions;

// One gateway and one browser serve all tests, and there are but a few cores: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
