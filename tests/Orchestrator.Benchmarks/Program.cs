using System.CommandLine;
using Orchestrator.Benchmarks;
using Orchestrator.Benchmarks.Figures;
using Orchestrator.Benchmarks.Hosts;

if (args is [StampHost.Command, var program])
{
    return await StampHost.RunAsync(program);
}

var names = new Option<string[]>("--figures") { Description = "Which figures; all of them when none is named.", AllowMultipleArgumentsPerToken = true };
var rounds = new Option<int>("--rounds") { Description = "How often each contender is measured.", DefaultValueFactory = _ => 3 };
var smoke = new Option<bool>("--smoke") { Description = "Small counts, to see that everything works; the figures mean nothing." };
var root = new RootCommand("Measures Orchestrator beside the bare SQL and other queues, in one run on one machine.") { names, rounds, smoke };
root.SetAction(async (arguments, _) =>
{
    await using var servers = new Servers();
    var figures = AllFigures.Create(servers, arguments.GetValue(smoke) ? BenchmarkScale.Smoke : BenchmarkScale.Full);
    var chosen = arguments.GetValue(names) is { Length: > 0 } wanted ? figures.Where(figure => wanted.Contains(figure.Name)) : figures;
    var measured = await new BenchmarkRun(arguments.GetValue(rounds), Console.Error).MeasureAsync(chosen);
    Console.WriteLine(measured.Count);
    return 0;
});
return await root.Parse(args).InvokeAsync();
