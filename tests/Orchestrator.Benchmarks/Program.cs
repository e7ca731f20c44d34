using System.CommandLine;
using Orchestrator.Benchmarks;
using Orchestrator.Benchmarks.Hosts;

if (args is [StampHost.Command, var program])
{
    return await StampHost.RunAsync(program);
}

return await new BenchmarkCommand().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });
