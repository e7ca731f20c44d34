using System.CommandLine;
using Orchestrator.Benchmarks;
using Orchestrator.Benchmarks.Figures;

var names = new Option<string[]>("--figures") { Description = "Which figures; all of them when none is named.", AllowMultipleArgumentsPerToken = true };
var rounds = new Option<int>("--rounds") { Description = "How often each contender is measured.", DefaultValueFactory = _ => 3 };
var smoke = new Option<bool>("--smoke") { Description = "Small counts, to see that everything works; the figures mean nothing." };
var soak = new Option<int>("--soak-seconds") { Description = "How long the soak lasts.", DefaultValueFactory = _ => 0 };
var root = new RootCommand("Measures Orchestrator beside the bare SQL and other queues, in one run on one machine.") { names, rounds, smoke, soak };
root.SetAction(async (arguments, _) =>
{
    await using var servers = new Servers();
    var scale = arguments.GetValue(smoke) ? BenchmarkScale.Smoke : BenchmarkScale.Full;
    scale = arguments.GetValue(soak) > 0 ? scale with { SoakTime = TimeSpan.FromSeconds(arguments.GetValue(soak)) } : scale;
    var figures = AllFigures.Create(servers, scale);
    var chosen = arguments.GetValue(names) is { Length: > 0 } wanted ? figures.Where(figure => wanted.Contains(figure.Name)) : figures;
    var measured = await new BenchmarkRun(arguments.GetValue(rounds), Console.Error).MeasureAsync(chosen);
    Console.WriteLine(measured.Count);
    return 0;
});
return await root.Parse(args).InvokeAsync();
