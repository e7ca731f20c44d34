using Orchestrator.Benchmarks;

return await new BenchmarkCommand().Parse(args).InvokeAsync();
