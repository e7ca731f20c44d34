using System.CommandLine;
using Orchestrator.Benchmarks.Figures;
using Orchestrator.Benchmarks.Reports;

namespace Orchestrator.Benchmarks;

/// <summary>The command line.</summary>
internal sealed class BenchmarkCommand : RootCommand
{
    private const string Purpose = """
        Measures Orchestrator beside the bare SQL and other queues, side by side in one run on one machine.

        Each figure measures its contenders in turn, round after round, with real processes and a private, durable
        PostgreSQL. Tables go to standard output, progress to standard error. The exit code is 1 when something broke;
        whatever else was asked for is measured all the same.

        Examples:
          --json TestResults/results.json                     all figures; this takes three quarters of an hour
          --smoke                                             all figures, small; does the benchmark still work?
          --figures burn-down silos --rounds 1                two figures, once
          --figures burn-down --contenders ours "SQL floor"   only some of the contenders
        """;

    private readonly Option<string[]> _figures = new("--figures") { Description = "Which figures; all of them when none is named.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _contenders = new("--contenders") { Description = "Only contenders whose names hold one of these texts; goals that need others are left out.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<int?> _rounds = new("--rounds") { Description = "How often each contender is measured: 3, or 1 with --smoke. The soak is measured once in any case." };
    private readonly Option<int?> _soakSeconds = new("--soak-seconds") { Description = "How long the soak lasts for each of its contenders: 600, or 9 with --smoke." };
    private readonly Option<bool> _smoke = new("--smoke") { Description = "Small counts, to see that everything works; the figures mean nothing and are held against no goal." };
    private readonly Option<string?> _json = new("--json") { Description = "Writes every sample, the medians, the goals and the machine to this file, anew after each figure." };
    private readonly Option<string?> _markdown = new("--markdown") { Description = "Writes the tables as Markdown to this file, anew after each figure." };
    private readonly Option<bool> _strict = new("--strict") { Description = "Makes the exit code 1 also when a goal is missed." };
    private readonly Option<bool> _list = new("--list") { Description = "Shows the figures and their contenders, and measures nothing." };

    public BenchmarkCommand()
        : base(Purpose)
    {
        foreach (var option in (Option[])[_figures, _contenders, _rounds, _soakSeconds, _smoke, _json, _markdown, _strict, _list])
        {
            Options.Add(option);
        }

        foreach (var option in (Option<int?>[])[_rounds, _soakSeconds])
        {
            option.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int?>() is < 1)
                {
                    result.AddError($"{option.Name} must be at least 1.");
                }
            });
        }

        foreach (var option in (Option<string[]>[])[_figures, _contenders])
        {
            option.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<string[]>()?.Any(string.IsNullOrWhiteSpace) == true)
                {
                    result.AddError($"{option.Name} must not be empty.");
                }
            });
        }

        Validators.Add(result =>
        {
            if (result.GetValue(_json) is { } json && result.GetValue(_markdown) is { } markdown && Path.GetFullPath(json) == Path.GetFullPath(markdown))
            {
                result.AddError("--json and --markdown must name two files.");
            }
        });
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken interrupted)
    {
        await using var servers = new Servers();
        var all = AllFigures.Create(servers, ScaleOf(arguments));
        IReadOnlyList<Figure> chosen;
        try
        {
            chosen = FigureChoice.Of(all, arguments.GetValue(_figures) ?? [], arguments.GetValue(_contenders) ?? []);
            if (arguments.GetValue(_smoke))
            {
                chosen = [.. chosen.Select(figure => figure with { Goals = [] })];
            }
        }
        catch (ArgumentException unknown)
        {
            await Console.Error.WriteLineAsync(unknown.Message);
            return 1;
        }

        if (arguments.GetValue(_list))
        {
            Console.Write(FigureChoice.List(chosen));
            return 0;
        }

        BenchmarkReport report;
        try
        {
            report = await MeasureAsync(arguments, servers, chosen, interrupted);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Interrupted.");
            return 130;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }

        return report.IsBroken || (arguments.GetValue(_strict) && !report.MeetsEveryGoal) ? 1 : 0;
    }

    private async Task<BenchmarkReport> MeasureAsync(ParseResult arguments, Servers servers, IReadOnlyList<Figure> figures, CancellationToken interrupted)
    {
        var smoke = arguments.GetValue(_smoke);
        var rounds = arguments.GetValue(_rounds) ?? (smoke ? 1 : 3);
        var report = new BenchmarkReport(DateTimeOffset.UtcNow, rounds, smoke ? "smoke" : "full", Machine.Describe());
        var run = new BenchmarkRun(rounds, Console.Error);
        await WriteAsync(arguments, report);
        foreach (var figure in figures)
        {
            // What measures at that moment is left to itself; the processes it started end with this one.
            var measured = await run.MeasureAsync(figure, interrupted).WaitAsync(interrupted);
            report.Figures.Add(measured);
            report.Postgres ??= servers.StartedPostgres is { } postgres ? await PostgresDescription.AskAsync(postgres) : null;
            Console.WriteLine(TextReport.Of(measured));
            await WriteAsync(arguments, report);
        }

        return report;
    }

    private BenchmarkScale ScaleOf(ParseResult arguments)
    {
        var scale = arguments.GetValue(_smoke) ? BenchmarkScale.Smoke : BenchmarkScale.Full;
        return arguments.GetValue(_soakSeconds) is { } seconds ? scale with { SoakTime = TimeSpan.FromSeconds(seconds), SoakSpan = TimeSpan.FromSeconds(seconds) / 10 } : scale;
    }

    /// <summary>Also before anything is measured, so that a file that cannot be written costs nothing but a message.</summary>
    private async Task WriteAsync(ParseResult arguments, BenchmarkReport report)
    {
        foreach (var (file, write) in ((string? File, Func<BenchmarkReport, string, Task> Write)[])
            [(arguments.GetValue(_json), JsonReport.WriteAsync), (arguments.GetValue(_markdown), MarkdownReport.WriteAsync)])
        {
            if (file is not null)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
                await write(report, file);
            }
        }
    }
}
